import { Alert, Divider, Flex, Inline, Text } from "@hubspot/ui-extensions";
import { PageLink, PageTitle, usePageRoute } from "@hubspot/ui-extensions/pages";
import { type ReactNode, useContext } from "react";
import { places } from "./places.ts";
import { ViewOnly } from "./writes.tsx";

/** The name of the page and the way to the others, above every route. */
export function PageLayout({ children }: { children?: ReactNode }) {
  const { path } = usePageRoute();
  const viewOnly = useContext(ViewOnly);
  const here = places.find((place) => place.path === path)?.title ?? "Touchstone";
  return (
    <Flex direction="column" gap="md">
      <PageTitle>{here}</PageTitle>
      <Inline gap="md">
        {places.map((place) =>
          place.path === path ? (
            <Text key={place.path} format={{ fontWeight: "bold" }}>
              {place.title}
            </Text>
          ) : (
            <PageLink key={place.path} to={place.path}>
              {place.title}
            </PageLink>
          ),
        )}
      </Inline>
      <Divider />
      {viewOnly === null ? null : <Alert title="You may only look">{viewOnly}</Alert>}
      {children}
    </Flex>
  );
}
