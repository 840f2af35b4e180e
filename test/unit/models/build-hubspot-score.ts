/** Parts of a configuration in the shape that HubSpot's Lead Scoring API documents (beta 2026-09). */
export const enumeration = (...values: string[]) => ({
  operationType: "ENUMERATION",
  operator: "IS_ANY_OF",
  values,
  includeObjectsWithNoValueSet: false,
});
export const number = (operator: string, value: number) => ({
  operationType: "NUMBER",
  operator,
  value,
  includeObjectsWithNoValueSet: false,
});
export const between = (lowerBound: number, upperBound: number) => ({
  operationType: "NUMBER_RANGED",
  operator: "IS_BETWEEN",
  lowerBound,
  upperBound,
  includeObjectsWithNoValueSet: false,
});
export const lastDays = (numberOfDays: number) => ({
  eventFilterOperation: {
    operationType: "ROLLING_DATE_RANGE",
    operator: "IS_LESS_THAN_X_DAYS_AGO",
    numberOfDays,
    includeObjectsWithNoValueSet: false,
    requiresTimeZoneConversion: false,
  },
});
export const constant = (value: number) => ({ type: "CONSTANT", value });
export const single = (property: string, operation: object) => ({ type: "SINGLE", property, operation });
export const events = (...eventCalculators: object[]) => ({ type: "MULTI_UE", eventCalculators });
export const overPeople = (recordCalculation: object, parts: object = {}) => ({
  type: "ASSOCIATION_UE",
  associatedObjectTypeId: "0-1",
  associationSpec: { associationCategory: "HUBSPOT_DEFINED", associationTypeId: 280 },
  inverseAssociationSpec: { associationCategory: "HUBSPOT_DEFINED", associationTypeId: 279 },
  rollupType: "SUM",
  recordCalculation,
  ...parts,
});

/** A configuration in the shape that the Lead Scoring API documents, with one group of rules. */
export function scoreOf(calculations: readonly object[], group: object = {}, parts: object = {}) {
  return {
    id: "77",
    name: "Account health",
    objectTypeId: "0-2",
    scoreStatus: "PUBLISHED",
    scoreType: "COMBINED",
    allowedGroupTypes: ["FIT", "INTENT"],
    groupConfigs: [
      {
        id: "1",
        groupName: "Firmographics",
        groupCategory: "FIT",
        ruleConfigurations: calculations.map((calculation, index) => ({
          id: String(index + 1),
          enabled: true,
          configuration: { calculation },
        })),
        ...group,
      },
    ],
    ...parts,
  };
}

export const match = (property: string, ...rules: [object, number][]) => ({
  type: "MATCH",
  property,
  matchRules: rules.map(([operation, value]) => ({ operation, value })),
});
