/** Asks whether the mirror holds a company with this number of employees. */
export const heldByMirror = (portalId: number, companyId: string, employees: string) => ({
  text: `SELECT FROM crm_records WHERE portal_id = $1 AND object_type = 'companies' AND object_id = $2
    AND properties->>'numberofemployees' = $3`,
  values: [portalId, companyId, employees],
});
