import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";

interface Overlay {
  readonly open: boolean;
  readonly tooltipId: string;
  close(): void;
}

const OverlayContext = createContext<Overlay | null>(null);

/** What a card put into the `overlay` of a button, link or tag: it opens beside the page, or hovers as a tooltip. */
export function OverlayOf({ overlay, children }: { overlay: Overlay; children?: ReactNode }) {
  return children ? <OverlayContext.Provider value={overlay}>{children}</OverlayContext.Provider> : null;
}

export function useOverlay(tooltipId: string): Overlay & { show(): void } {
  const [open, setOpen] = useState(false);
  return { open, tooltipId, show: () => setOpen(true), close: () => setOpen(false) };
}

export function closeOverlay(id: string): void {
  const dialog = document.getElementById(id);
  if (dialog instanceof HTMLDialogElement) dialog.close();
}

interface PanelProps {
  readonly id: string;
  readonly title?: string;
  readonly width?: string;
  readonly children?: ReactNode;
  /** HubSpot says so when it is closed, in whatever way. */
  onClose?(): void;
}

export const Panel = (props: PanelProps) => <OpenDialog {...props} look="panel" />;
export const Modal = (props: PanelProps) => <OpenDialog {...props} look="modal" />;

function OpenDialog({ id, title, width = "sm", look, onClose, children }: PanelProps & { look: "panel" | "modal" }) {
  const overlay = useContext(OverlayContext);
  if (overlay === null || !overlay.open) return null;
  // What closed a dialog may have removed it: then the extension has let go of this function, and hears nothing.
  const tell = async () => onClose?.();
  const close = () => {
    overlay.close();
    void tell().catch(() => undefined);
  };
  return createPortal(
    <Dialog id={id} title={title ?? ""} width={width} look={look} close={close}>
      {children}
    </Dialog>,
    document.body,
  );
}

/** Lies over the page until it is closed, and takes the focus meanwhile. */
export function Dialog({ id, title, width, look, close, children }: PanelProps & { look: string; close(): void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      id={id}
      className={`${look} ${look}-${width}`}
      aria-label={title}
      // React hands the close of a modal on to the panel that opened it.
      onClose={(event) => event.target === event.currentTarget && close()}
    >
      <header>
        <h2>{title}</h2>
        <button type="button" className="button button-secondary" onClick={() => dialog.current?.close()}>
          Close
        </button>
      </header>
      {children}
    </dialog>
  );
}

export const PanelBody = ({ children }: { children?: ReactNode }) => <div className="panel-body">{children}</div>;
export const ModalBody = ({ children }: { children?: ReactNode }) => <div className="panel-body">{children}</div>;
export const PanelSection = ({ children }: { children?: ReactNode }) => <section>{children}</section>;

export function Tooltip({ children }: { children?: ReactNode }) {
  const overlay = useContext(OverlayContext);
  return (
    <span role="tooltip" className="tooltip" id={overlay?.tooltipId}>
      {children}
    </span>
  );
}
