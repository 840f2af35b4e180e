import { Button, ButtonRow, Text } from "@hubspot/ui-extensions";
import type { ReaderFormat } from "@touchstone/shared/reader-format.ts";
import { type CommitteeCardView, panelPath } from "@touchstone/shared/record-cards-api.ts";
import { CardBody } from "./card-states.tsx";
import { Column } from "./column.tsx";
import { FormPanel } from "./form-panel.tsx";
import { NothingHere } from "./nothing-here.tsx";
import { CoverageLine, PeopleTable } from "./people-table.tsx";
import { Risks } from "./risks.tsx";
import { RolePanel } from "./role-panel.tsx";
import { Small } from "./small.tsx";
import { stageText } from "./stage-text.ts";
import { type PanelProps, usePanel } from "./use-panel.ts";
import { Writes } from "./writes.tsx";

interface CommitteePanelProps extends PanelProps {
  readonly format: ReaderFormat;
}

/** Who plays which part, who is missing, and what to say to each (row 78). */
export function CommitteePanel({ companyId, server, stamp, changed, format }: CommitteePanelProps) {
  const source = usePanel<CommitteeCardView>(server, panelPath(companyId, "committee"), stamp);
  return (
    <CardBody source={source} what="the buying committee">
      {(view) => (
        <Column gap="sm">
          {view.exclusion === null ? null : <Text>{view.exclusion}</Text>}
          <CoverageLine coverage={view.coverage} />
          {view.places.map((line) => (
            <Small key={line}>{line}</Small>
          ))}
          {view.people.length === 0 ? (
            <NothingHere title="Nobody is known here yet" image="contacts">
              Link contacts to this company: their parts are given here.
            </NothingHere>
          ) : (
            <>
              <Risks risks={view.warnings} />
              {view.exclusion === null ? <Small>{stageText(view.stage, format)}</Small> : null}
              <PeopleTable people={view.people} excluded={view.exclusion !== null} format={format}>
                {(person) => (
                  <Writes>
                    <Button
                      size="xs"
                      overlay={
                        <RolePanel
                          person={person}
                          fields={view.form}
                          companyId={view.companyId}
                          server={server}
                          saved={changed}
                        />
                      }
                    >
                      {person.roles.length === 0 ? "Give a role" : "Change"}
                    </Button>
                  </Writes>
                )}
              </PeopleTable>
              {view.peopleCount > view.people.length ? (
                <Small>{`and ${view.peopleCount - view.people.length} more people`}</Small>
              ) : null}
            </>
          )}
          <Writes>
            <ButtonRow>
              <Button
                size="sm"
                overlay={
                  <FormPanel
                    key={view.places.join()}
                    id="place"
                    title="Known by title"
                    form={view.placeForm}
                    yes="Save"
                    done="The role is kept."
                    server={server}
                    path={panelPath(view.companyId, "committee/places")}
                    also={view.placeForm.values}
                    saved={changed}
                  />
                }
              >
                Known by title
              </Button>
            </ButtonRow>
          </Writes>
        </Column>
      )}
    </CardBody>
  );
}
