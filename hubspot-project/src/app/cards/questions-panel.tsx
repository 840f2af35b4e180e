import { ButtonRow, Form, LoadingButton, Select } from "@hubspot/ui-extensions";
import type { ReaderFormat } from "@touchstone/shared/reader-format.ts";
import { panelPath, type QuestionsView, type RubricQuestion } from "@touchstone/shared/record-cards-api.ts";
import { useContext, useState } from "react";
import { CardBody } from "./card-states.tsx";
import { Column } from "./column.tsx";
import { NothingHere } from "./nothing-here.tsx";
import { Small } from "./small.tsx";
import { type PanelProps, usePanel } from "./use-panel.ts";
import { useWrite } from "./use-write.ts";
import { ViewOnly, Writes } from "./writes.tsx";

/** What only a person can know; an answer is kept with who gave it and when, and scored at once. */
export function QuestionsPanel({ companyId, server, stamp, changed, format }: PanelProps & { format: ReaderFormat }) {
  const source = usePanel<QuestionsView>(server, panelPath(companyId, "questions"), stamp);
  const { writing, write } = useWrite(server);
  const answer = async ({ criterion, label }: RubricQuestion, rung: string) => {
    const path = panelPath(companyId, "judgements");
    const body = { criterion, rung: rung === "" ? null : rung };
    if (await write(path, body, `Kept your answer on ${label.toLowerCase()}.`)) changed();
  };
  return (
    <CardBody source={source} what="the questions about this account">
      {({ questions }) =>
        questions.length === 0 ? (
          <NothingHere title="Nothing to ask">The portal’s models read everything by themselves.</NothingHere>
        ) : (
          <Column gap="md">
            {questions.map((question) => (
              <Question
                key={`${question.criterion} ${question.answer?.at}`}
                question={question}
                writing={writing}
                format={format}
                save={(rung) => void answer(question, rung)}
              />
            ))}
          </Column>
        )
      }
    </CardBody>
  );
}

interface QuestionProps {
  readonly question: RubricQuestion;
  readonly writing: boolean;
  readonly format: ReaderFormat;
  save(rung: string): void;
}

function Question({ question, writing, format, save }: QuestionProps) {
  const { answer } = question;
  const [chosen, setChosen] = useState(answer?.key ?? "");
  const moved = chosen !== (answer?.key ?? "");
  const viewOnly = useContext(ViewOnly);
  return (
    <Form
      onSubmit={() => {
        if (moved) save(chosen);
      }}
    >
      <Column>
        <Select
          label={question.question}
          name={question.criterion}
          description={`${question.label}, ${question.worth}`}
          placeholder="Not known"
          readOnly={writing || viewOnly !== null}
          options={[
            ...question.answers.map(({ key, label }) => ({ value: key, label })),
            ...(answer === null ? [] : [{ value: "", label: "Not known after all" }]),
          ]}
          {...((chosen !== "" || answer !== null) && { value: chosen })}
          onChange={(rung) => setChosen(String(rung))}
        />
        <Writes>
          <ButtonRow>
            <LoadingButton type="submit" size="sm" loading={writing && moved} disabled={!moved}>
              Save
            </LoadingButton>
          </ButtonRow>
        </Writes>
        {answer === null ? null : <Small>{`Answered on ${format.day(answer.at)}`}</Small>}
      </Column>
    </Form>
  );
}
