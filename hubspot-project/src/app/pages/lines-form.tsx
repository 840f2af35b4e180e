import { ButtonRow, Flex, Form, Heading, LoadingButton, Text, TextArea } from "@hubspot/ui-extensions";
import { Lines } from "@touchstone/screens/lines.tsx";
import { Refused } from "@touchstone/screens/refused.tsx";
import type { Write } from "@touchstone/screens/use-write.ts";
import { type ReactNode, useState } from "react";
import { Writes } from "./writes.tsx";

/** As many as every route that takes a list does at once. */
const most = 500;

interface LinesFormProps {
  readonly title: string;
  readonly label: string;
  readonly description: string;
  readonly between: RegExp;
  /** Further fields. */
  readonly children?: ReactNode;
  readonly write: Write;
  /** What keeps these from being sent; empty when nothing does. */
  problemOf?(lines: readonly string[]): string;
  /** What became of all of them and of each one; null when they were refused. */
  send(lines: readonly string[]): Promise<{ readonly summary: string; readonly lines: readonly string[] } | null>;
}

/** Many accounts at once, typed or pasted; below it, what became of each. Nothing typed is lost when it was refused. */
export function LinesForm({ title, between, children, write, problemOf, send, ...field }: LinesFormProps) {
  const [typed, setTyped] = useState("");
  const [answer, setAnswer] = useState<Awaited<ReturnType<typeof send>>>(null);
  const lines = [...new Set(typed.split(between).map((line) => line.trim()))].filter((line) => line !== "");
  const problem = lines.length > most ? `At most ${most} at once.` : (problemOf?.(lines) ?? "");
  const blocked = lines.length === 0 || problem !== "";
  const submit = async () => {
    if (blocked) return;
    setAnswer(null);
    const answered = await send(lines);
    setAnswer(answered);
    if (answered !== null) setTyped("");
  };
  return (
    <Writes>
      <Form onSubmit={() => void submit()} preventDefault>
        <Flex direction="column" gap="sm">
          <Heading>{title}</Heading>
          {children}
          <TextArea
            {...field}
            name="lines"
            value={typed}
            error={problem !== ""}
            validationMessage={problem}
            onInput={setTyped}
          />
          <Refused write={write} />
          {answer === null ? null : (
            <>
              <Text>{answer.summary}</Text>
              <Lines lines={answer.lines} most={most} />
            </>
          )}
          <ButtonRow>
            <LoadingButton type="submit" variant="secondary" loading={write.busy} disabled={blocked}>
              Add accounts
            </LoadingButton>
          </ButtonRow>
        </Flex>
      </Form>
    </Writes>
  );
}
