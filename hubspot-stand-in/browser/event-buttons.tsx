import type { RecordPageEvent } from "../record-page/page-data.ts";

interface EventButtonsProps {
  readonly events: readonly RecordPageEvent[];
  readonly busy: string | null;
  play(event: RecordPageEvent): void;
}

export function EventButtons({ events, busy, play }: EventButtonsProps) {
  return (
    <section className="box">
      <h2>Make something happen</h2>
      <p className="small">Each button does in this CRM what a person would do, and HubSpot’s webhooks follow.</p>
      <ul className="events">
        {events.map((event) => (
          <li key={event.key}>
            <button
              type="button"
              className="event"
              disabled={busy !== null}
              data-event={event.key}
              onClick={() => play(event)}
            >
              <b>{event.label}</b>
              <span>{event.description}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
