import { createController, createRemoteReceiver, RemoteRenderer } from "@remote-ui/react/host";
import { createEndpoint, fromWebWorker } from "@remote-ui/rpc";
import { useEffect, useRef, useState } from "react";
import { pagePaths } from "../record-page/page-paths.ts";
import type { CardContext, CardHost, CardWorker } from "./card-protocol.ts";
import { hostComponents } from "./components/host-components.tsx";

const controller = createController(hostComponents);

interface CardFrameProps {
  readonly script: string;
  readonly host: CardHost;
  readonly context: CardContext;
  /** Called with what the card shows (headings, numbers, table cells) whenever that may have changed. */
  onShown(content: string): void;
}

/** Runs one card in a worker of its own and draws what it renders with our components. */
export function CardFrame({ script, host, context, onShown }: CardFrameProps) {
  const [receiver, setReceiver] = useState(createRemoteReceiver);
  const [failure, setFailure] = useState<string | null>(null);
  const frame = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const fresh = createRemoteReceiver();
    setReceiver(fresh);
    const worker = new Worker(`${pagePaths.own}assets/card-worker.js`);
    const fail = (reason: unknown) => setFailure(reason instanceof Error ? reason.message : String(reason));
    worker.onerror = (event) => fail(event.message);
    const endpoint = createEndpoint<CardWorker>(fromWebWorker(worker), { callable: ["render"] });
    endpoint.call.render(fresh.receive, new URL(script, location.href).href, host, context).catch(fail);
    return () => worker.terminate();
  }, [script, host, context]);

  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const observer = new MutationObserver(() => onShown(contentOf(element)));
    observer.observe(element, { subtree: true, childList: true, characterData: true });
    return () => observer.disconnect();
  }, [onShown]);

  return (
    <div ref={frame}>
      {failure === null ? null : (
        <p className="notice" role="alert">
          The card stopped: {failure}
        </p>
      )}
      <RemoteRenderer receiver={receiver} controller={controller} />
    </div>
  );
}

/** Tags, buttons and small print come and go while nothing has changed; these are the facts. */
const contentOf = (element: HTMLElement): string =>
  [...element.querySelectorAll("h3, .statistic b, .progress, td")].map((part) => part.textContent).join("|");
