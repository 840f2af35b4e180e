import { AutoGrid, ButtonRow, Input, NumberInput, Select, Text } from "@hubspot/ui-extensions";
import { ConfirmButton } from "@touchstone/screens/confirm-button.tsx";
import { Lines } from "@touchstone/screens/lines.tsx";
import { Part } from "@touchstone/screens/part.tsx";
import { PlainTable } from "@touchstone/screens/plain-table.tsx";
import type { Write } from "@touchstone/screens/use-write.ts";
import { type PersonCapacityView, type TiersView, tiersApi } from "@touchstone/shared/tiers-api.ts";
import { useState } from "react";
import { useSettings } from "./settings-context.ts";
import { useUnsaved } from "./unsaved.ts";
import { usePost } from "./use-post.ts";

interface TierPeopleProps {
  readonly view: TiersView;
  show(view: TiersView): void;
}

type Side = PersonCapacityView["side"];
const sides = [
  { value: "sales", label: "Sales" },
  { value: "marketing", label: "Marketing" },
] as const;

/** How many accounts of each tier a person can work: the smaller of caps and people bounds a tier (row 63). */
export function TierPeople({ view, show }: TierPeopleProps) {
  const { access } = useSettings();
  const write = usePost();
  const tiers = view.programme.tiers;
  const edit = async (person: Omit<PersonCapacityView, "places"> & { places: PersonCapacityView["places"] | null }) => {
    const done = await write.post<TiersView>(
      tiersApi.editPerson.path(),
      person,
      "tiers",
      person.places === null ? `Owner ${person.personId} left the plan.` : `Owner ${person.personId} is in the plan.`,
    );
    if (done !== null) show(done);
    return done !== null;
  };
  return (
    <Part
      title="Capacity of people"
      text="How many accounts of each tier a person can work. Without people only the caps bound the tiers."
    >
      {view.people.length === 0 ? null : (
        <PlainTable
          columns={["HubSpot owner", "Side", ...tiers.map(({ name }) => name), "Remove"]}
          rows={view.people.map(({ personId, side, places }) => ({
            key: personId,
            cells: [
              personId,
              side,
              ...tiers.map(({ key }) => places[key] ?? 0),
              <ConfirmButton
                key="remove"
                id={`remove-${personId}`}
                label="Remove"
                title={`Take owner ${personId} out of the plan?`}
                small
                disabled={!access.mayChange}
                write={write}
                confirm={() => edit({ personId, side, places: null })}
              >
                <Text>Their places count no more; accounts keep their owner.</Text>
              </ConfirmButton>,
            ],
          }))}
        />
      )}
      {access.mayChange ? <PersonForm view={view} write={write} save={edit} /> : null}
    </Part>
  );
}

interface PersonFormProps {
  readonly view: TiersView;
  readonly write: Write;
  save(person: PersonCapacityView): Promise<boolean>;
}

function PersonForm({ view, write, save }: PersonFormProps) {
  const [personId, setPersonId] = useState("");
  const [side, setSide] = useState<Side>("sales");
  const [places, setPlaces] = useState<Readonly<Record<string, number>>>({});
  const person = { personId: personId.trim(), side, places };
  useUnsaved("a person's capacity", person.personId !== "" || Object.keys(places).length > 0);
  const submit = async () => {
    const done = await save(person);
    if (done) {
      setPersonId("");
      setPlaces({});
    }
    return done;
  };
  return (
    <Part>
      <AutoGrid columnWidth={180} gap="md">
        <Input
          label="HubSpot owner id"
          name="owner"
          description="Not the user id: HubSpot counts owners apart"
          value={personId}
          onInput={setPersonId}
        />
        <Select
          label="Side"
          name="side"
          options={[...sides]}
          value={side}
          onChange={(value) => setSide(value === "marketing" ? "marketing" : "sales")}
        />
        {view.programme.tiers.map(({ key, name }) => (
          <NumberInput
            key={key}
            label={`Places in ${name}`}
            name={`places-${key}`}
            min={0}
            max={100_000}
            value={places[key] ?? 0}
            onInput={(value) => setPlaces({ ...places, [key]: value })}
          />
        ))}
      </AutoGrid>
      <ButtonRow>
        <ConfirmButton
          id="save-person"
          label="Save this person"
          title={`Put owner ${person.personId} into the plan?`}
          disabled={person.personId === ""}
          write={write}
          confirm={submit}
        >
          <Text>{`With this, ${side} can work so many accounts:`}</Text>
          <Lines lines={placesWith(view, person)} most={20} />
        </ConfirmButton>
      </ButtonRow>
    </Part>
  );
}

/** An empty field is no place, and the first person of a side bounds its tiers: said before it is done (row 63). */
function placesWith({ programme, people }: TiersView, person: PersonCapacityView): string[] {
  const others = people.filter(({ personId, side }) => side === person.side && personId !== person.personId);
  const staffed = programme.tiers.filter(({ staffedBy }) => staffedBy.includes(person.side));
  return staffed.map(({ key, name }) => {
    const count = [...others, person].reduce((sum, one) => sum + (one.places[key] ?? 0), 0);
    return count === 0 ? `${name}: none, so no account gets a place in it` : `${name}: ${count}`;
  });
}
