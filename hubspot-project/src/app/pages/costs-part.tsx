import {
  Button,
  ButtonRow,
  Flex,
  Heading,
  Input,
  LoadingButton,
  NumberInput,
  Select,
  Text,
} from "@hubspot/ui-extensions";
import { Answered } from "@touchstone/screens/answered.tsx";
import { FormModal } from "@touchstone/screens/form-modal.tsx";
import { PlainTable } from "@touchstone/screens/plain-table.tsx";
import { useAnswer } from "@touchstone/screens/use-answer.ts";
import { useWrite } from "@touchstone/screens/use-write.ts";
import type { CostsView } from "@touchstone/shared/roi-api.ts";
import { useState } from "react";
import { useClient } from "./client-context.ts";
import { newId } from "./new-id.ts";

interface CostsPartProps {
  /** The return is another one now. */
  changed(): void;
}

/** What the programme cost, without which there is no return (market.md row 135). */
export function CostsPart({ changed }: CostsPartProps) {
  const client = useClient();
  const source = useAnswer(client.getCosts);
  const write = useWrite();
  return (
    <Answered source={source} what="the costs">
      {({ title, text, costs, mayChange, ...choices }) => (
        <Flex direction="column" gap="xs">
          <Heading>{title}</Heading>
          <Text variant="microcopy">{text}</Text>
          {costs.length === 0 ? null : (
            <PlainTable
              columns={mayChange ? [...choices.columns, ""] : choices.columns}
              rows={costs.map(({ cells, ...cost }) => ({
                key: cost.costId,
                cells: [
                  ...cells,
                  <LoadingButton
                    key="back"
                    size="xs"
                    loading={write.sending === cost.costId}
                    onClick={async () => {
                      const back = () => client.noteCost({ ...cost, amount: 0 });
                      if (await write.send(back, `${cost.what} is taken back.`, cost.costId)) changed();
                    }}
                  >
                    Take back
                  </LoadingButton>,
                ],
              }))}
            />
          )}
          {mayChange ? (
            <ButtonRow>
              <Button variant="secondary" overlay={<CostModal choices={choices} changed={changed} />}>
                Add a cost
              </Button>
            </ButtonRow>
          ) : null}
        </Flex>
      )}
    </Answered>
  );
}

interface CostModalProps extends CostsPartProps {
  readonly choices: Pick<CostsView, "kinds" | "months" | "columns">;
}

function CostModal({ choices: { kinds, months, columns }, changed }: CostModalProps) {
  const client = useClient();
  const write = useWrite();
  const [costId, setCostId] = useState(() => newId("cost"));
  const [at, setAt] = useState<unknown>(months[0]?.value);
  const [kind, setKind] = useState<unknown>(kinds[0]?.value);
  const [what, setWhat] = useState("");
  const [amount, setAmount] = useState(0);
  const submit = async () => {
    const cost = { costId, at: Number(at), kind: String(kind), what: what.trim(), amount };
    if ((await write.send(() => client.noteCost(cost), `${cost.what} is kept.`)) === null) return false;
    setCostId(newId("cost"));
    changed();
    return true;
  };
  return (
    <FormModal
      id="cost"
      title="Add a cost"
      yes="Keep the cost"
      disabled={what.trim() === "" || amount <= 0}
      write={write}
      submit={submit}
    >
      <Select label="Month" name="at" value={Number(at)} options={[...months]} onChange={setAt} />
      <Select label="Kind" name="kind" value={String(kind)} options={[...kinds]} onChange={setKind} />
      <Input label="What for" name="what" required value={what} onInput={setWhat} />
      <NumberInput
        label={columns.at(-1) ?? ""}
        name="amount"
        required
        min={0}
        precision={2}
        value={amount}
        onInput={setAmount}
      />
    </FormModal>
  );
}
