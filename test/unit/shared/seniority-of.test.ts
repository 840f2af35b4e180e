import { describe, expect, it } from "@jest/globals";
import { seniorityOf } from "@touchstone/shared/seniority-of.ts";

describe("a job title", () => {
  it.each([
    // C-level
    ["CTO", "c_level"],
    ["cto", "c_level"],
    ["Cto", "c_level"],
    ["CEO & Founder", "c_level"],
    ["Co-Founder", "c_level"],
    ["Chief Information Security Officer (CISO)", "c_level"],
    ["Chief Revenue Officer", "c_level"],
    ["CHRO", "c_level"],
    ["President", "c_level"],
    ["Président-directeur général", "c_level"],
    ["PDG", "c_level"],
    ["Managing Director", "c_level"],
    ["Managing Partner", "c_level"],
    ["Partner", "c_level"],
    ["Owner", "c_level"],
    ["Geschäftsführer", "c_level"],
    ["Geschäftsführerin", "c_level"],
    ["Vorstand Technik", "c_level"],
    ["Inhaberin", "c_level"],
    ["Directeur général", "c_level"],
    ["Director General", "c_level"],
    ["Gerente general", "c_level"],
    ["Amministratore delegato", "c_level"],
    // Vice presidents are no presidents
    ["Vice President", "vp"],
    ["Vice-President Sales", "vp"],
    ["VP Engineering", "vp"],
    ["SVP, Marketing", "vp"],
    ["EVP", "vp"],
    ["Senior Vice President of Sales", "vp"],
    ["Vicepresidente", "vp"],
    ["Vice-président", "vp"],
    // Directors and heads
    ["Director of IT", "director"],
    ["Sales Director", "director"],
    ["Head of Marketing", "director"],
    ["Head, Procurement", "director"],
    ["Directora de Marketing", "director"],
    ["Directeur commercial", "director"],
    ["Directrice marketing", "director"],
    ["Direttore vendite", "director"],
    ["Diretora de TI", "director"],
    ["Direktor", "director"],
    ["Vertriebsleiter", "director"],
    ["Leiterin Einkauf", "director"],
    ["Bereichsleitung IT", "director"],
    // Managers
    ["Marketing Manager", "manager"],
    ["Partner Manager", "manager"],
    ["Team Lead", "manager"],
    ["Teamleiter", "manager"],
    ["Product Manager", "manager"],
    ["Gerente de ventas", "manager"],
    ["Jefe de compras", "manager"],
    ["Responsable marketing", "manager"],
    // Everybody else
    ["Executive Assistant to the CEO", "individual"],
    ["Assistenz der Geschäftsführung", "individual"],
    ["Assistentin des Vorstands", "individual"],
    ["Asistente de dirección", "individual"],
    ["Assistante de direction", "individual"],
    ["Intern, Office of the CTO", "individual"],
    ["Product Owner", "individual"],
    ["HR Business Partner", "individual"],
    ["Account Executive", "individual"],
    ["Software Engineer", "individual"],
    ["Head Chef's friend".replace("Head ", ""), "individual"],
    ["電気技師", "individual"],
  ])("%s is %s", (jobtitle, seniority) => {
    expect(seniorityOf({ jobtitle })).toBe(seniority);
  });

  it.each([[null], [""], ["   "], ["\t\n"]])("that is %j says nothing", (jobtitle) => {
    expect(seniorityOf({ jobtitle })).toBeNull();
  });

  it("of a hundred thousand letters is read in no time", () => {
    seniorityOf({ jobtitle: "vice ".repeat(20_000) });
    seniorityOf({ jobtitle: "co-".repeat(30_000) });
  });
});

describe("HubSpot's own seniority", () => {
  it.each([
    ["vp", "vp"],
    ["Director", "director"],
    ["executive", "c_level"],
    ["C-Level", "c_level"],
    ["C Level", "c_level"],
    ["owner", "c_level"],
    ["manager", "manager"],
    ["entry", "individual"],
  ])("%s is %s, whatever the title says", (hs_seniority, seniority) => {
    expect(seniorityOf({ hs_seniority, jobtitle: "Intern" })).toBe(seniority);
  });

  it.each(["", "something_new", "constructor", "__proto__", "toString"])(
    "%j leaves it to the title",
    (hs_seniority) => {
      expect(seniorityOf({ hs_seniority, jobtitle: "CTO" })).toBe("c_level");
      expect(seniorityOf({ hs_seniority })).toBeNull();
    },
  );
});
