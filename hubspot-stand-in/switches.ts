/**
 * Most of what reference/hubspot-api.md marks OBS (seen by others) or UNVERIFIED, one switch each (README.md says what is left): a client has
 * to work in every position. The table in README.md is checked against this list by a test.
 */
interface Choice<Value> {
  readonly values: readonly [Value, Value, ...Value[]];
  readonly default: Value;
  readonly why: string;
  readonly section: string;
}

const choice = <const Value>(
  section: string,
  values: readonly [Value, Value, ...Value[]],
  why: string,
): Choice<Value> => ({
  values,
  default: values[0],
  why,
  section,
});

/** The first value is the default. */
export const switchDefinitions = {
  partialFailureStatus: choice(
    "§0.3, §6.7",
    [200, 207],
    "Status when a part of a batch failed; 2026-09 declares no 207.",
  ),
  rotateRefreshToken: choice(
    "§2.3",
    [false, true],
    "Whether a refresh hands out a new refresh token and ends the old one.",
  ),
  revokeEndsAccessTokens: choice(
    "§2.3",
    [false, true],
    "Whether revoking a refresh token ends issued access tokens too.",
  ),
  uninstallEndsAccessTokens: choice(
    "§2.5",
    [true, false],
    "Whether access tokens die with an uninstall or live out their 30 minutes.",
  ),
  webhooksAfterUninstall: choice("§2.5", [false, true], "Whether webhooks go on for a portal that uninstalled."),
  missingScopesCategory: choice("§9.3", ["MISSING_SCOPES", "FORBIDDEN"], "Category in the body of a 403."),
  rateLimitGroup: choice("§4.3", [false, true], "Whether a 429 names groupName and requestId."),
  longestUrl: choice(
    "§4.3",
    [16_200, 8_000],
    "How long path and query may be before the answer is 414; HubSpot does not say, others met it at both.",
  ),
  retryAfterOn429: choice("§4.3", [false, true], "Whether a 429 carries Retry-After, which HubSpot does not promise."),
  associationsShareBurst: choice(
    "§4.1",
    [true, false],
    "Whether calls for associations count towards the general 110 in 10 s.",
  ),
  unknownPropertyOnWrite: choice("§5.5", ["reject", "ignore"], "What a write to an unknown property does."),
  readOnlyPropertyOnWrite: choice("§5.5", ["reject", "ignore"], "What a write to a read-only property does."),
  duplicateIdsInBatch: choice("§6.7", ["reject", "accept"], "What a batch update naming one record twice does."),
  batchUpdateWithMergedId: choice(
    "§8",
    ["fail", "follow"],
    "Whether a batch update accepts the id of a record that was merged away.",
  ),
  batchReadOfMergedId: choice(
    "§0.8, §8",
    ["follow", "missing"],
    "Whether a batch read, of records or of associations, follows the id of a record that was merged away; a single read does.",
  ),
  mergedIdsNamed: choice(
    "§0.8",
    ["both", "other", "none"],
    "Whom hs_merged_object_ids of a merged record names: both that were merged, all but the primary one, or nobody.",
  ),
  mergedInBin: choice("§0.8", [false, true], "Whether records that were merged away lie in the recycling bin."),
  toObjectIdAs: choice("§6.2", ["string", "number"], "Type of toObjectId when reading associations."),
  existingPropertyInBatch: choice(
    "§6.1",
    ["refuse", "partial"],
    "Whether one existing name refuses a whole batch of new properties or only its row.",
  ),
  createSendsPropertyChanges: choice(
    "§3.2",
    [true, false],
    "Whether a creation sends propertyChange for each value it set.",
  ),
  createdChangeFlag: choice("§3.3", ["CREATED", "NEW"], "changeFlag of a creation."),
  associationEventsObjectId: choice("§3.3", ["absent", "present"], "Whether association events carry objectId."),
  associationEventsTo: choice(
    "§3.3",
    ["ownSide", "bothSides"],
    "Whether a subscription of one object type hears only its own direction.",
  ),
  meetingInAssociationType: choice(
    "§3.3",
    ["MEETING_EVENT", "MEETING"],
    "What a meeting is called in associationType; only the name for subscriptions is documented.",
  ),
  mergeSendsCompanions: choice(
    "§0.8",
    [false, true],
    "Whether a merge also sends deletions and the creation of the new record.",
  ),
  privacyDeletionOrder: choice(
    "§3.3",
    ["privacyFirst", "deletionFirst"],
    "Which of the two events of an erasure comes first.",
  ),
  erasedInSearch: choice(
    "§6.8, §8",
    ["late", "gone"],
    "Whether an erased person leaves the search index with its lag, as a deleted one does, or at once.",
  ),
  calculatedSendsWebhooks: choice(
    "§0.7, §3.5",
    [false, true],
    "Whether calculated values and system counters send propertyChange.",
  ),
  ownWriteEcho: choice("§0.5", [true, false], "Whether the app's own writes come back as webhooks."),
  uniqueEventIds: choice("§0.4", [true, false], "Whether eventId differs between events."),
  appObjects: choice(
    "§6.3",
    [false, true],
    "Whether HubSpot has granted the names of the app's own objects; what it answers for a name that it has not is not documented.",
  ),
  webhookDuplicates: choice("§3.4", [false, true], "Whether every third event is sent twice, in different requests."),
  webhookReorder: choice("§3.4", [false, true], "Whether waiting events are shuffled before they are sent."),
} as const;

type Definitions = typeof switchDefinitions;
type SwitchName = keyof Definitions;
export type Switches = { -readonly [Name in SwitchName]: Definitions[Name]["values"][number] };

function isSwitchName(name: string): name is SwitchName {
  return Object.hasOwn(switchDefinitions, name);
}

const defaults = Object.fromEntries(
  Object.entries(switchDefinitions).map(([name, definition]) => [name, definition.default]),
) as Switches;

export function createSwitches(positions: Partial<Switches> = {}): Switches {
  const switches = { ...defaults };
  setSwitches(switches, positions);
  return switches;
}

/** Refuses a name or a position that does not exist; also used for positions that come over HTTP. */
export function setSwitches(switches: Switches, positions: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(positions)) {
    if (!isSwitchName(name)) throw new Error(`There is no switch ${name}.`);
    const allowed: readonly unknown[] = switchDefinitions[name].values;
    if (!allowed.includes(value))
      throw new Error(`Switch ${name} takes ${allowed.join(" or ")}, not ${String(value)}.`);
  }
  Object.assign(switches, positions);
}
