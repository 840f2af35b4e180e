import {
  Button,
  ButtonRow,
  Flex,
  Form,
  LoadingButton,
  Modal,
  ModalBody,
  useExtensionActions,
} from "@hubspot/ui-extensions";
import type { ReactNode } from "react";
import { Refused } from "./refused.tsx";
import type { Write } from "./use-write.ts";

interface FormModalProps {
  readonly id: string;
  readonly title: string;
  /** What the button says that sends it. */
  readonly yes: string;
  readonly no?: string;
  readonly destructive?: boolean;
  readonly disabled?: boolean;
  readonly write: Pick<Write, "busy" | "refusal" | "forget">;
  readonly children: ReactNode;
  /** True when it was done: then the form closes. */
  submit(): Promise<boolean>;
  /** It was closed, done or not: what was chosen in it is forgotten. */
  reset?(): void;
}

/** A question with one answer that is sent; what was refused stays open with the reason. */
export function FormModal({
  id,
  title,
  yes,
  no = "Cancel",
  destructive = false,
  disabled = false,
  write,
  children,
  submit,
  reset,
}: FormModalProps) {
  const { closeOverlay } = useExtensionActions<"pages">();
  const closed = () => {
    write.forget();
    reset?.();
  };
  const close = () => {
    closed();
    closeOverlay(id);
  };
  const send = async () => {
    if (!disabled && (await submit())) close();
  };
  return (
    <Modal id={id} title={title} width="md" onClose={closed}>
      <ModalBody>
        <Form onSubmit={() => void send()} preventDefault>
          <Flex direction="column" gap="md">
            {children}
            <Refused write={write} />
            <ButtonRow>
              <LoadingButton
                type="submit"
                variant={destructive ? "destructive" : "primary"}
                loading={write.busy}
                disabled={disabled}
              >
                {yes}
              </LoadingButton>
              <Button variant="secondary" onClick={close}>
                {no}
              </Button>
            </ButtonRow>
          </Flex>
        </Form>
      </ModalBody>
    </Modal>
  );
}
