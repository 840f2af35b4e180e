import { expect, it } from "@jest/globals";
import { kindOfConversion } from "../../../server/intake/kind-of-conversion.ts";

it.each([
  ["Book a demo: Request a Demo", "demo_request"],
  ["Request a demonstration", "demo_request"],
  ["Demo anfordern", "demo_request"],
  ["Live-Demo webinar", "demo_request"],
  ["Start your free trial", "demo_request"],
  ["Industrial pumps: download the guide", "content_download"],
  ["Democratic process whitepaper", "content_download"],
  ["White paper: Zero trust", "content_download"],
  ["E-book", "content_download"],
  ["ROI checklist", "content_download"],
  ["Case study Acme", "content_download"],
  ["Webinar registration", "event_attended"],
  ["Attended: Spring conference", "event_attended"],
  ["Events 2026", "event_attended"],
  ["Loss prevention newsletter", "form_submission"],
  ["Contact us", "information_request"],
  ["Pricing inquiry", "information_request"],
  ["Reporter sign-up", "form_submission"],
  ["Newsletter", "form_submission"],
  ["", "form_submission"],
])("reads the conversion %j as %s", (name, kind) => {
  expect(kindOfConversion(name)).toBe(kind);
});
