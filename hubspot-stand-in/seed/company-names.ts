/** Invented names only: two halves that make no brand that we know, and the reserved top-level domain .example. */
const firstHalves = (
  "Alder Amber Ash Beck Birch Bram Briar Bright Cald Carrow Cinder Clover Copper Corr Dapple Drift Dun Elder Ember Fal Fen " +
  "Fern Flint Garn Glim Gran Hal Harrow Hazel Heath Hollow Ivor Jun Kes Kil Lark Lin Loch Lumen Marr Mead Mist Moss Nor Oak " +
  "Ost Pell Pine Quar Quill Raven Rill Rook Sable Sal Silver Sol Stone Tal Tarn Thistle Thorn Umber Val Vel Wend Whit Yar"
).split(" ");
const secondHalves = (
  "mere ford wick gate haven holm brook dale moor crest ridge vale shaw combe thorpe worth stead bury lund garth hurst " +
  "water well bridge tide fell strand marsh grove rise cliff cairn stow burn firth wold loft spire quay forge mill"
).split(" ");
/** A second company of one name belongs to another region, as branches do. */
const regions = (
  "Nordic Iberia Alpine Baltic Pacific Andean Gulf Benelux Adriatic Atlantic Midwest Southern Northern Eastern Western " +
  "Central Coastal Highland Lakes Delta Prairie Levant Sahel Volta Pampas Deccan Kansai Jiangnan Outback Cape"
).split(" ");

const combinations = firstHalves.length * secondHalves.length;
/** Coprime with the number of combinations (2^2 · 17 · 41), so that neighbours do not look alike and none repeats. */
const stride = 1009;

export interface CompanyName {
  name: string;
  domain: string;
}

/** The name of the company at this index: different for every index below combinations × (regions + 1), 86,428. */
export function makeCompanyName(index: number, noun: string): CompanyName {
  const spot = (index * stride) % combinations;
  const root = `${firstHalves[spot % firstHalves.length]}${secondHalves[Math.floor(spot / firstHalves.length)]}`;
  const round = Math.floor(index / combinations);
  const region = round === 0 ? "" : (regions[(round - 1) % regions.length] ?? "");
  const repeat = round > regions.length ? ` ${Math.floor((round - 1) / regions.length) + 1}` : "";
  const name = [root, region, noun].filter(Boolean).join(" ") + repeat;
  const slug = `${root}${region ? `-${region}` : ""}${repeat.trim() ? `-${repeat.trim()}` : ""}`;
  return { name, domain: `${slug.toLowerCase()}.example` };
}
