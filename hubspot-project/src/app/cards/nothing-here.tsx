import { EmptyState, Text } from "@hubspot/ui-extensions";

interface NothingHereProps {
  readonly title: string;
  readonly image?: "target" | "contacts";
  /** Why, or what to do about it. */
  readonly children: string;
}

/** A panel that has nothing to show. */
export const NothingHere = ({ title, image = "target", children }: NothingHereProps) => (
  <EmptyState title={title} imageName={image} layout="vertical" imageWidth={120}>
    <Text>{children}</Text>
  </EmptyState>
);
