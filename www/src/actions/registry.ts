// What an action is. Menus, toolbars, shortcuts and the palette are all made from the one list in index.ts.
import { useNotices } from "../state/notices";
import { useSession } from "../state/session";

export type MenuName = "File" | "Pipeline" | "Camera" | "View" | "Time" | "Help";

export interface Action {
  id: string;
  label: string;
  icon: string;
  menu: MenuName;
  /** Such as "Ctrl+O", "Shift+X", "Space". The first one is shown. */
  shortcuts?: string[];
  /** The method it calls: where the role is too low for it the action does not exist. */
  method?: string;
  /** Why it cannot be used now; null where it can. */
  reason?: () => string | null;
  /** Of a switch: whether it is on. */
  checked?: () => boolean;
  run: () => unknown;
}

/** Why an action cannot be used now; null where it can. */
export function whyNot(action: Action): string | null {
  return action.reason?.() ?? null;
}

/** Runs an action; a failure becomes a notice. */
export async function perform(action: Action): Promise<void> {
  const reason = whyNot(action);
  if (reason) {
    useNotices().info(`${action.label}: ${reason}.`);
    return;
  }
  try {
    await action.run();
  } catch (error) {
    useNotices().fail(error);
  }
}

/** Whether this client's role is enough. */
export function allowed(action: Action): boolean {
  return !action.method || useSession().may(action.method);
}
