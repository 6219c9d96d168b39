// Why there is nothing in the Pipeline Browser: an empty session, or one whose ParaView is away for the moment.
import type { ServerStatus } from "../protocol.gen";
import type { Health } from "../state/session";

/** What stands in place of the nodes. */
export function whyEmpty(health: Health, server: ServerStatus | undefined): string {
  switch (health) {
    case "ready":
    case "busy":
      return "What you open appears here, with the filters below it.";
    case "crashed":
      return server?.crash?.restorable
        ? "ParaView has stopped. Your pipeline is saved and comes back with it."
        : "ParaView has stopped. The pipeline is shown here once it runs again.";
    case "reconnecting":
      return "The connection is gone. The pipeline is shown here once it is back.";
    default:
      return "ParaView is on its way. The pipeline is shown here once it is ready.";
  }
}
