import { Answered } from "@touchstone/screens/answered.tsx";
import { Part } from "@touchstone/screens/part.tsx";
import { type RuleFormView, type SettingsRulesView, settingsApi } from "@touchstone/shared/settings-api.ts";
import { RuleForm } from "./rule-form.tsx";
import { useSection } from "./use-section.ts";
import { Words } from "./words.tsx";

/** When an account is hot, and when it has gone cold. */
export function RuleSection() {
  const source = useSection<SettingsRulesView>(settingsApi.rules, "rules");
  return (
    <Answered source={source} what="the rules">
      {({ rules }) => (
        <Part gap="lg">
          <Words of={["axis", "band", "gate"]} />
          {rules.map((rule: RuleFormView) => (
            <RuleForm key={rule.key} rule={rule} source={source} />
          ))}
        </Part>
      )}
    </Answered>
  );
}
