import { isoTime } from "./iso-time.ts";

/** What one person did towards us, as counts with their last times. A count above 0 has its time. */
export interface Engagement {
  opens: number;
  lastOpenAt: number | null;
  clicks: number;
  lastClickAt: number | null;
  replies: number;
  lastReplyAt: number | null;
  conversions: number;
  lastConversion: { name: string; at: number } | null;
  visits: number;
  pages: number;
  lastVisitAt: number | null;
  lastUrl: string | null;
}

export const noEngagement: Engagement = {
  opens: 0,
  lastOpenAt: null,
  clicks: 0,
  lastClickAt: null,
  replies: 0,
  lastReplyAt: null,
  conversions: 0,
  lastConversion: null,
  visits: 0,
  pages: 0,
  lastVisitAt: null,
  lastUrl: null,
};

type Properties = Record<string, string | null>;

const minute = 60_000;

/** A mail is sent before it is opened, opened before it is clicked or answered. */
function emailProperties(engagement: Engagement, delivered: number): Properties {
  const { opens, lastOpenAt, clicks, lastClickAt, replies, lastReplyAt } = engagement;
  const newest = Math.max(lastOpenAt ?? 0, lastClickAt ?? 0, lastReplyAt ?? 0);
  const properties: Properties = {
    hs_email_delivered: String(Math.max(delivered, opens)),
    hs_email_open: String(opens),
    hs_email_click: String(clicks),
    hs_email_replied: String(replies),
  };
  if (newest > 0) properties.hs_email_last_send_date = isoTime(newest - 47 * minute);
  if (lastOpenAt !== null) properties.hs_email_last_open_date = isoTime(lastOpenAt);
  if (lastClickAt !== null) properties.hs_email_last_click_date = isoTime(lastClickAt);
  if (lastReplyAt !== null) properties.hs_email_last_reply_date = isoTime(lastReplyAt);
  return properties;
}

function conversionProperties({ conversions, lastConversion }: Engagement): Properties {
  if (!lastConversion) return {};
  return {
    num_conversion_events: String(conversions),
    num_unique_conversion_events: String(Math.min(conversions, 2)),
    recent_conversion_event_name: lastConversion.name,
    recent_conversion_date: isoTime(lastConversion.at),
  };
}

function visitProperties({ visits, pages, lastVisitAt, lastUrl }: Engagement): Properties {
  if (lastVisitAt === null) return {};
  return {
    hs_analytics_num_visits: String(visits),
    hs_analytics_num_page_views: String(pages),
    hs_analytics_last_visit_timestamp: isoTime(lastVisitAt),
    hs_analytics_last_timestamp: isoTime(lastVisitAt),
    hs_analytics_last_url: lastUrl,
  };
}

/** The contact properties of hubspot-api.md §5.2 that say the same as `engagement`. */
export const engagementProperties = (engagement: Engagement, delivered: number): Properties => ({
  ...(delivered + engagement.opens > 0 ? emailProperties(engagement, delivered) : {}),
  ...conversionProperties(engagement),
  ...visitProperties(engagement),
});
