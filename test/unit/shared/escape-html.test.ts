import { expect, it } from "@jest/globals";
import { escapeHtml } from "@touchstone/shared/escape-html.ts";

it("shows markup and quotes as they are written", () => {
  expect(escapeHtml(`<b title="1">R&D's</b>`)).toBe("&lt;b title=&quot;1&quot;&gt;R&amp;D's&lt;/b&gt;");
});
