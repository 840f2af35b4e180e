import { Link } from "@hubspot/ui-extensions";

/** A company by name, with the way to its record. */
export const CompanyLink = ({ of }: { of: { company: string | null; recordUrl: string } }) => (
  <Link href={of.recordUrl}>{of.company ?? "Company without a name"}</Link>
);
