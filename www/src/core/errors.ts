// Errors as the wire carries them: one sentence, a hint, a folded log. Knows no socket and no component.

/** What a person is told about a failure. */
export interface Failure {
  message: string;
  hint: string | null;
  log: string | null;
  /** Kind of the wire's error, where it came from there. */
  kind?: string;
}

/** Whether it is what the person asked for: nothing went wrong then. */
export function isCalm(failure: Failure): boolean {
  return failure.kind === "cancelled";
}

/** A request that came back with an error, or could not be sent. */
export class WireError extends Error implements Failure {
  readonly hint: string | null;
  readonly log: string | null;

  constructor(
    message: string,
    readonly kind: string = "error",
    detail: { hint?: string | null; log?: string | null } = {},
  ) {
    super(message);
    this.name = "WireError";
    this.hint = detail.hint ?? null;
    this.log = detail.log ?? null;
  }

  /** The connection went away before the answer came. */
  static disconnected(): WireError {
    return new WireError("The connection to PVW Desktop was lost before the answer came.", "disconnected", {
      hint: "It comes back by itself; then try again.",
    });
  }
}

/** The error object of a JSON-RPC reply as an exception. */
export function fromWire(error: unknown): WireError {
  if (!isRecord(error)) return new WireError("PVW Desktop answered with an error it did not explain.");
  const data = isRecord(error.data) ? error.data : {};
  return new WireError(text(error.message) ?? "An error without a message.", text(data.kind) ?? "error", {
    hint: text(data.hint),
    log: text(data.log),
  });
}

/** Whether something is worth a look though it was done. */
export function isWarning(failure: Failure): boolean {
  return failure.kind === "warning";
}

const BRIEF = 200;

/** A message as long as one reads at a glance: whole, or cut between words. */
export function briefly(message: string, most = BRIEF): string {
  if (message.length <= most) return message;
  const head = message.slice(0, most);
  const space = head.lastIndexOf(" ");
  return `${head.slice(0, space > most / 2 ? space : most).trimEnd()}…`;
}

/** Whatever was thrown, as something to show. */
export function toFailure(thrown: unknown): Failure {
  if (thrown instanceof WireError) return thrown;
  if (thrown instanceof Error) return { message: thrown.message, hint: null, log: thrown.stack ?? null };
  return { message: String(thrown), hint: null, log: null };
}

/** A failure as text for the clipboard. */
export function failureText(failure: Failure): string {
  return [failure.message, failure.hint, failure.log].filter(Boolean).join("\n\n");
}

function text(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

/** Whether a JSON value is an object. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
