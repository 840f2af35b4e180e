import { type MouseEvent, type ReactNode, useContext } from "react";
import { pagePaths } from "../../record-page/page-paths.ts";
import type { PageTarget } from "../extension-protocol.ts";
import { PageNavigationContext } from "../page-location.ts";

interface LinkProps {
  readonly href?: string | { readonly url: string; readonly external?: boolean };
  readonly children?: ReactNode;
  onClick?(event: object): void;
}

export function Link({ href = "", onClick, children }: LinkProps) {
  const address = addressHere(typeof href === "string" ? href : href.url);
  const isOutside = /^https?:/.test(address);
  return (
    <a href={address} onClick={() => onClick?.({})} {...(isOutside && { target: "_blank", rel: "noreferrer" })}>
      {children}
    </a>
  );
}

/** An address of a record in HubSpot leads to the same record here. */
function addressHere(href: string): string {
  const url = URL.parse(href);
  return url?.pathname.startsWith(pagePaths.portal) ? url.pathname : href;
}

export function PageLink({ to, params, children }: PageTarget & { children?: ReactNode }) {
  const navigation = useContext(PageNavigationContext);
  const target = { to, ...(params && { params }) };
  const go = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    navigation.go(target);
  };
  return (
    <a href={navigation.addressOf(target)} onClick={go}>
      {children}
    </a>
  );
}
