import { Select, Text } from "@hubspot/ui-extensions";
import { FormModal } from "@touchstone/screens/form-modal.tsx";
import { useWrite } from "@touchstone/screens/use-write.ts";
import type { CheckAnswer, SpotCheckAccountView, SpotCheckView } from "@touchstone/shared/target-list-api.ts";
import { useState } from "react";
import { useClient } from "./client-context.ts";

export const answerWords: Readonly<Record<CheckAnswer, string>> = { yes: "Yes", no: "No", unknown: "Cannot tell" };
const answers = Object.entries(answerWords).map(([value, label]) => ({ value, label }));
const isAnswer = (value: unknown): value is CheckAnswer => typeof value === "string" && value in answerWords;

const questions = [
  { key: "dataMatches", label: "Does its data match what the company says of itself?" },
  { key: "hasProblem", label: "Does it have the problem that we solve?" },
  { key: "isBuying", label: "Is it buying, or about to?" },
] as const;

interface AnswersModalProps {
  readonly account: SpotCheckAccountView;
  show(check: SpotCheckView): void;
}

/** The three questions of the spot check about one account (market.md row 9). */
export function AnswersModal({ account, show }: AnswersModalProps) {
  const client = useClient();
  const write = useWrite();
  const [chosen, setChosen] = useState<Partial<Record<(typeof questions)[number]["key"], CheckAnswer>>>({});
  // What nobody chose here is what the row says: a colleague may have answered since the form was opened last.
  const given = {
    dataMatches: account.dataMatches ?? "unknown",
    hasProblem: account.hasProblem ?? "unknown",
    isBuying: account.isBuying ?? "unknown",
    ...chosen,
  };
  const name = account.company ?? "this account";
  const submit = async () => {
    const ask = () => client.answerSpotCheck({ companyId: account.companyId, ...given });
    const check = await write.send(ask, `The answers about ${name} are kept.`);
    if (check !== null) show(check);
    return check !== null;
  };
  return (
    <FormModal
      id={`answers-${account.companyId}`}
      title={name}
      yes="Keep the answers"
      write={write}
      submit={submit}
      reset={() => setChosen({})}
    >
      <Text>An account is valid when no answer is no.</Text>
      {questions.map(({ key, label }) => (
        <Select
          key={key}
          label={label}
          name={key}
          required
          value={given[key]}
          options={answers}
          onChange={(value) => isAnswer(value) && setChosen({ ...chosen, [key]: value })}
        />
      ))}
    </FormModal>
  );
}
