/** Any node of HubSpot's renderer, whatever its component. */
interface Rendered {
  readonly childNodes?: readonly Rendered[];
  readonly text: string | null;
}

/** All text below a node, in reading order. HubSpot's own `text` is null as soon as a node holds more than text. */
export const renderedText = ({ childNodes, text }: Rendered): string =>
  childNodes === undefined ? (text ?? "") : childNodes.map(renderedText).join(" ");
