import type { Weighted } from "./random.ts";

export interface Place {
  country: string;
  code: string;
  culture: Culture;
  cities: readonly [string, ...string[]];
  timeZone: string;
  /** How people type the country into a free-text field. */
  spellings: readonly [string, ...string[]];
}

export type Culture =
  | "english"
  | "spanish"
  | "german"
  | "french"
  | "italian"
  | "nordic"
  | "polish"
  | "indian"
  | "japanese"
  | "portuguese"
  | "dutch"
  | "arabic";

const place = (
  country: string,
  code: string,
  culture: Culture,
  timeZone: string,
  cities: Place["cities"],
  spellings: Place["spellings"],
): Place => ({ country, code, culture, cities, timeZone, spellings });

export const places: readonly [Weighted<Place>, ...Weighted<Place>[]] = [
  [
    place(
      "United States",
      "US",
      "english",
      "America/New_York",
      ["Boston", "Austin", "Denver", "Chicago"],
      ["USA", "U.S.", "united states of america"],
    ),
    34,
  ],
  [
    place(
      "United Kingdom",
      "GB",
      "english",
      "Europe/London",
      ["London", "Leeds", "Bristol"],
      ["UK", "England", "Great Britain"],
    ),
    14,
  ],
  [
    place(
      "Germany",
      "DE",
      "german",
      "Europe/Berlin",
      ["Berlin", "Hamburg", "Munich"],
      ["Deutschland", "Deutchland", "DE"],
    ),
    10,
  ],
  [place("Canada", "CA", "english", "America/Toronto", ["Toronto", "Montreal"], ["CAN", "canada "]), 7],
  [place("France", "FR", "french", "Europe/Paris", ["Paris", "Lyon"], ["FRANCE", "Fr"]), 7],
  [place("Spain", "ES", "spanish", "Europe/Madrid", ["Madrid", "Valencia", "Bilbao"], ["España", "Espana"]), 5],
  [
    place(
      "Netherlands",
      "NL",
      "dutch",
      "Europe/Amsterdam",
      ["Utrecht", "Rotterdam"],
      ["The Netherlands", "Holland", "NL"],
    ),
    5,
  ],
  [place("Sweden", "SE", "nordic", "Europe/Stockholm", ["Stockholm", "Malmö"], ["Sverige"]), 3],
  [place("Italy", "IT", "italian", "Europe/Rome", ["Milan", "Turin"], ["Italia"]), 3],
  [place("Poland", "PL", "polish", "Europe/Warsaw", ["Kraków", "Warsaw"], ["Polska"]), 2],
  [place("India", "IN", "indian", "Asia/Calcutta", ["Pune", "Bengaluru"], ["INDIA", "Bharat"]), 4],
  [place("Japan", "JP", "japanese", "Asia/Tokyo", ["Osaka", "Tokyo"], ["JP", "Nippon"]), 2],
  [place("Brazil", "BR", "portuguese", "America/Sao_Paulo", ["São Paulo", "Recife"], ["Brasil"]), 2],
  [place("United Arab Emirates", "AE", "arabic", "Asia/Dubai", ["Dubai"], ["UAE", "U.A.E"]), 2],
];
