import { EmptyState, Flex, Select, Text } from "@hubspot/ui-extensions";
import { cardApi } from "@touchstone/shared/card-api.ts";
import type { ReaderFormat } from "@touchstone/shared/reader-format.ts";
import { type QuestionsView, type RubricQuestion, recordCardsApi } from "@touchstone/shared/record-cards-api.ts";
import { CardBody } from "./card-states.tsx";
import { type PanelProps, usePanel } from "./use-panel.ts";
import { useWrite } from "./use-write.ts";

/** What only a person can know; an answer is kept with who gave it and when, and scored at once. */
export function QuestionsPanel({ companyId, server, stamp, changed, format }: PanelProps & { format: ReaderFormat }) {
  const source = usePanel<QuestionsView>(server, recordCardsApi.getQuestions(companyId), stamp);
  const { writing, write } = useWrite(server);
  const answer = async ({ criterion, label }: RubricQuestion, rung: string) => {
    const path = cardApi.judgeCriterion.path(companyId);
    const body = { criterion, rung: rung === "" ? null : rung };
    if (await write(path, body, `Kept your answer on ${label.toLowerCase()}.`)) {
      source.refresh();
      changed();
    }
  };
  return (
    <CardBody source={source} what="the questions about this account">
      {({ questions }) =>
        questions.length === 0 ? (
          <EmptyState title="Nothing to ask" imageName="target" layout="vertical" imageWidth={120}>
            <Text>The portal’s models read everything by themselves.</Text>
          </EmptyState>
        ) : (
          <Flex direction="column" gap="md">
            {questions.map((question) => (
              <Flex key={question.criterion} direction="column" gap="flush">
                <Select
                  label={question.question}
                  name={question.criterion}
                  description={`${question.label}, ${question.worth}`}
                  placeholder="Not known"
                  readOnly={writing}
                  options={[
                    ...question.answers.map(({ key, label }) => ({ value: key, label })),
                    ...(question.answer === null ? [] : [{ value: "", label: "Not known after all" }]),
                  ]}
                  {...(question.answer !== null && { value: question.answer.key })}
                  onChange={(rung) => void answer(question, String(rung))}
                />
                {question.answer === null ? null : (
                  <Text variant="microcopy">{`Answered on ${format.day(question.answer.at)}`}</Text>
                )}
              </Flex>
            ))}
          </Flex>
        )
      }
    </CardBody>
  );
}
