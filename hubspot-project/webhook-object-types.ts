/**
 * What a generic subscription may name: HubSpot's list in the changelog "Public Beta: Generic Webhook Subscriptions", and the
 * four that the guide "Create generic webhook subscriptions" adds, in small letters as in the template of the webhooks
 * component. A meeting is `meeting_event` here and `meeting` nowhere. Custom objects have no webhook in an app for the marketplace.
 */
export const webhookObjectTypes: readonly string[] = [
  "call cart commerce_payment communication company contact deal discount email fee feedback_submission goal_target",
  "invoice lead line_item meeting_event note order partner_client postal_mail product quote quote_template",
  "subscription task tax ticket user",
  "appointment course listing service",
].flatMap((names) => names.split(" "));
