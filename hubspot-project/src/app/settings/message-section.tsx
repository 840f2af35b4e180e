import { Answered } from "@touchstone/screens/answered.tsx";
import { Part } from "@touchstone/screens/part.tsx";
import type { CommitteeSettingsView } from "@touchstone/shared/committee-api.ts";
import type { MatrixView } from "@touchstone/shared/message-matrix.ts";
import { settingsApi } from "@touchstone/shared/settings-api.ts";
import { MessageMatrix } from "./message-matrix.tsx";
import { RoleTaxonomy } from "./role-taxonomy.tsx";
import { useSection } from "./use-section.ts";

/** The words for buying roles, and what to say to each role at each stage. */
export function MessageSection() {
  const roles = useSection<CommitteeSettingsView>(settingsApi.roles, "taxonomies");
  const messages = useSection<MatrixView>(settingsApi.messages, "matrix");
  return (
    <Part gap="lg">
      <Answered source={roles} what="the roles">
        {(view) => <RoleTaxonomy view={view} show={roles.show} />}
      </Answered>
      <Answered source={messages} what="the messages">
        {(view) => (
          <MessageMatrix key={`version ${view.version}`} view={view} show={messages.show} refresh={messages.refresh} />
        )}
      </Answered>
    </Part>
  );
}
