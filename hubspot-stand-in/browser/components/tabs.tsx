import { createContext, type KeyboardEvent, type ReactNode, useContext, useState } from "react";
import { createPortal } from "react-dom";

interface TabSet {
  readonly strip: HTMLElement | null;
  readonly selected: string;
  select(tabId: string): void;
}

const TabSetContext = createContext<TabSet | null>(null);

interface TabsProps {
  readonly defaultSelected?: string;
  /** When the extension itself says which tab is open. */
  readonly selected?: string;
  readonly children?: ReactNode;
  onSelectedChange?(tabId: string): void;
}

export function Tabs({ defaultSelected = "", selected, onSelectedChange, children }: TabsProps) {
  const [strip, setStrip] = useState<HTMLElement | null>(null);
  const [own, setOwn] = useState(defaultSelected);
  const select = (tabId: string) => {
    setOwn(tabId);
    onSelectedChange?.(tabId);
  };
  return (
    <TabSetContext.Provider value={{ strip, selected: selected ?? own, select }}>
      <div className="tab-strip" role="tablist" ref={setStrip} />
      {children}
    </TabSetContext.Provider>
  );
}

interface TabProps {
  readonly tabId: string;
  readonly title: string;
  readonly children?: ReactNode;
}

/** A tab draws its own button into the strip: the set does not see what is inside its children. */
export function Tab({ tabId, title, children }: TabProps) {
  const set = useContext(TabSetContext);
  if (set?.strip == null) return null;
  const selected = set.selected === tabId;
  const button = (
    <button
      type="button"
      role="tab"
      aria-selected={selected}
      tabIndex={selected ? 0 : -1}
      className="tab"
      onClick={() => set.select(tabId)}
      // On the button and not on the strip: what is drawn elsewhere tells its own parents, and the strip is none of them.
      onKeyDown={moveFocus}
    >
      {title}
    </button>
  );
  return (
    <>
      {createPortal(button, set.strip)}
      {selected ? <div role="tabpanel">{children}</div> : null}
    </>
  );
}

function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const tabs = event.currentTarget.parentElement;
  if (step === undefined || tabs === null) return;
  const buttons = [...tabs.querySelectorAll("button")];
  const at = buttons.findIndex((button) => button.matches(":focus"));
  const next = buttons[(at + step + buttons.length) % buttons.length];
  next?.focus();
  next?.click();
}
