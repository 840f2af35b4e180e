/**
 * HubSpot's labels in exports, where they are not the property's name with blanks: "label > name". Matching ignores case
 * and punctuation; internal names and the labels that follow from them are known without this table.
 */
const table = (text: string): [label: string, name: string][] =>
  text
    .trim()
    .split(/\s*\n\s*/)
    .map((line) => {
      const [label = "", name = ""] = line.split(" > ");
      return [label, name];
    });

const everywhere = `
  lead status > hs_lead_status
  country/region > country
  state/region > state
  postal code > zip
  street address > address
  phone number > phone
  website url > website
  create date > createdate
  number of form submissions > num_conversion_events
  recent conversion > recent_conversion_event_name
  number of pageviews > hs_analytics_num_page_views
  number of sessions > hs_analytics_num_visits
  time of last session > hs_analytics_last_visit_timestamp
  time last seen > hs_analytics_last_timestamp
  recent sales email replied date > hs_sales_email_last_replied
  last contacted > notes_last_contacted
  last activity date > notes_last_updated
  number of times contacted > num_contacted_notes
  number of sales activities > num_notes`;

export const companyLabels = table(`${everywhere}
  company name > name
  company domain name > domain
  company owner > hubspot_owner_id
  number of employees > numberofemployees
  annual revenue > annualrevenue
  year founded > founded_year
  target account > hs_is_target_account
  ideal customer profile tier > hs_ideal_customer_profile
  parent company id > hs_parent_company_id
  parent company ids > hs_parent_company_id
  time zone > timezone
  last modified date > hs_lastmodifieddate`);

export const contactLabels = table(`${everywhere}
  first name > firstname
  last name > lastname
  email address > email
  work email > email
  job title > jobtitle
  company name > company
  mobile phone number > mobilephone
  buying role > hs_buying_role
  employment seniority > hs_seniority
  employment role > hs_role
  contact owner > hubspot_owner_id
  marketing emails delivered > hs_email_delivered
  marketing emails opened > hs_email_open
  marketing emails clicked > hs_email_click
  marketing emails replied > hs_email_replied
  marketing emails bounced > hs_email_bounce
  last marketing email send date > hs_email_last_send_date
  last marketing email open date > hs_email_last_open_date
  last marketing email click date > hs_email_last_click_date
  last marketing email reply date > hs_email_last_reply_date
  unsubscribed from all email > hs_email_optout
  recent sales email opened date > hs_sales_email_last_opened
  recent sales email clicked date > hs_sales_email_last_clicked
  number of unique forms submitted > num_unique_conversion_events
  first conversion > first_conversion_event_name
  last page seen > hs_analytics_last_url
  original source > hs_analytics_source
  original traffic source > hs_analytics_source
  latest traffic source > hs_latest_source
  last modified date > lastmodifieddate`);

export const dealLabels = table(`
  deal name > dealname
  deal stage > dealstage
  deal owner > hubspot_owner_id
  deal type > dealtype
  deal description > description
  currency > deal_currency_code
  close date > closedate
  create date > createdate
  amount in company currency > amount_in_home_currency
  is deal closed? > hs_is_closed
  is closed won > hs_is_closed_won
  is closed lost > hs_is_closed_lost
  annual contract value > hs_acv
  annual recurring revenue > hs_arr
  last modified date > hs_lastmodifieddate`);
