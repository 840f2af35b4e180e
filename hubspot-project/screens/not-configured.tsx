import { ErrorState, Text } from "@hubspot/ui-extensions";

export function NotConfigured() {
  return (
    <ErrorState title="This page is not set up" type="support">
      <Text>
        The app was uploaded without the address of its server. Ask whoever manages Touchstone to upload it again.
      </Text>
    </ErrorState>
  );
}
