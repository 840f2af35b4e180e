import type { RelatedRecord } from "../record-page/page-data.ts";
import { recordKinds } from "../record-page/record-kinds.ts";
import { recordLink } from "./stand-in-calls.ts";

const titles = { companies: "Companies", contacts: "Contacts", deals: "Deals" } as const;

/** Ways to the records that this one is linked with. */
export function RelatedRecords({ portalId, related }: { portalId: number; related: readonly RelatedRecord[] }) {
  if (related.length === 0) return null;
  return (
    <section className="box" data-related>
      {recordKinds.map(({ typeId, type }) => {
        const own = related.filter((one) => one.typeId === typeId);
        if (own.length === 0) return null;
        return (
          <div key={typeId}>
            <h2>{titles[type]}</h2>
            <ul className="related">
              {own.map(({ id, name }) => (
                <li key={id}>
                  <a href={recordLink(portalId, id, typeId)}>{name}</a>
                </li>
              ))}
            </ul>
          </div>
        );
      })}
    </section>
  );
}
