// Actions on time.
import { mdiPlay, mdiRepeat, mdiSkipBackward, mdiSkipForward, mdiSkipNext, mdiSkipPrevious } from "@mdi/js";
import type { TimeStep } from "../protocol.gen";
import { useSession } from "../state/session";
import { needsParaView } from "./file";
import type { Action } from "./registry";

export function timeActions(): Action[] {
  const session = useSession();
  const time = () => session.topic("time");
  const needsTime = () =>
    needsParaView() ?? ((time()?.values.length ?? 0) > 1 ? null : "the data has no time steps");
  const step = (to: TimeStep["to"], label: string, icon: string, shortcuts: string[]): Action => ({
    id: `time.${to}`,
    label,
    icon,
    menu: "Time",
    shortcuts,
    method: "time.step",
    reason: needsTime,
    run: () => session.request("time.step", { to }),
  });
  return [
    step("first", "First time step", mdiSkipBackward, ["Home"]),
    step("previous", "Previous time step", mdiSkipPrevious, ["ArrowLeft"]),
    {
      id: "time.play", label: "Play", icon: mdiPlay, menu: "Time", shortcuts: ["Space"], method: "time.play",
      reason: needsTime, checked: () => time()?.playing ?? false,
      run: () => session.request("time.play", { playing: !time()?.playing }),
    },
    step("next", "Next time step", mdiSkipNext, ["ArrowRight"]),
    step("last", "Last time step", mdiSkipForward, ["End"]),
    {
      id: "time.loop", label: "Play in a loop", icon: mdiRepeat, menu: "Time", method: "time.play", reason: needsTime,
      checked: () => time()?.loop ?? false,
      run: () => session.request("time.play", { playing: time()?.playing ?? false, loop: !time()?.loop }),
    },
  ]; // prettier-ignore
}
