import { createController, createRemoteReceiver, RemoteRenderer } from "@remote-ui/react/host";
import { createEndpoint, fromWebWorker } from "@remote-ui/rpc";
import { useEffect, useRef, useState } from "react";
import { pagePaths } from "../record-page/page-paths.ts";
import { hostComponents } from "./components/host-components.tsx";
import type { ExtensionContext, ExtensionHost, ExtensionWorker, PageLocation } from "./extension-protocol.ts";
import { firstPage } from "./page-location.ts";

const controller = createController(hostComponents);

interface ExtensionFrameProps {
  readonly script: string;
  readonly host: ExtensionHost;
  readonly context: ExtensionContext;
  /** Where the reader is, for an extension with pages of its own. */
  readonly page?: PageLocation;
  /** Called with what is shown (headings, numbers, table cells) whenever that may have changed. */
  onShown?(content: string): void;
}

/** Runs one card or page in a worker of its own and draws what it renders with our components. */
export function ExtensionFrame({ script, host, context, page = firstPage, onShown }: ExtensionFrameProps) {
  const { receiver, failure } = useExtensionWorker({ script, host, context, page });
  const frame = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const element = frame.current;
    if (element === null || onShown === undefined) return;
    const observer = new MutationObserver(() => onShown(contentOf(element)));
    observer.observe(element, { subtree: true, childList: true, characterData: true });
    return () => observer.disconnect();
  }, [onShown]);

  return (
    <div ref={frame}>
      {failure === null ? null : (
        <p className="notice" role="alert">
          It stopped: {failure}
        </p>
      )}
      <RemoteRenderer receiver={receiver} controller={controller} />
    </div>
  );
}

type WorkerInput = Required<Pick<ExtensionFrameProps, "script" | "host" | "context" | "page">>;

function useExtensionWorker({ script, host, context, page }: WorkerInput) {
  const [receiver, setReceiver] = useState(createRemoteReceiver);
  const [failure, setFailure] = useState<string | null>(null);
  const showPage = useRef<((page: PageLocation) => void) | null>(null);
  const newest = useRef(page);

  useEffect(() => {
    newest.current = page;
    showPage.current?.(page);
  }, [page]);

  useEffect(() => {
    const fresh = createRemoteReceiver();
    setReceiver(fresh);
    const worker = new Worker(`${pagePaths.own}assets/extension-worker.js`);
    const fail = (reason: unknown) => setFailure(reason instanceof Error ? reason.message : String(reason));
    worker.onerror = (event) => fail(event.message);
    const endpoint = createEndpoint<ExtensionWorker>(fromWebWorker(worker), { callable: ["render", "showPage"] });
    endpoint.call.render(fresh.receive, new URL(script, location.href).href, host, context, newest.current).catch(fail);
    showPage.current = (next) => void endpoint.call.showPage(next).catch(fail);
    return () => {
      showPage.current = null;
      worker.terminate();
    };
  }, [script, host, context]);

  return { receiver, failure };
}

/** Tags, buttons and small print come and go while nothing has changed; these are the facts. */
const contentOf = (element: HTMLElement): string =>
  [...element.querySelectorAll("h3, .statistic b, .progress, td")].map((part) => part.textContent).join("|");
