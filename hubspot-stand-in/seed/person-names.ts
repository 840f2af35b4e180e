import type { Culture } from "./places.ts";
import type { Random } from "./random.ts";

const names: Record<Culture, { first: string; last: string }> = {
  english: {
    first: "Amelia Oliver Grace Marcus Hannah Tyrone Naomi Patrick Chloe Desmond Ruth Gareth Imani Scott Beth Callum",
    last: "Ashworth Bennett Carver Dalton Ellison Fairley Grant Holloway Ingram Kendall Lockhart Mercer Okafor Pruitt Quinn Reyes Sutton Tran Whitlock",
  },
  spanish: {
    first: "Ana Lucía Javier Marta Diego Carmen Pablo Elena Sergio Nuria Iván Rocío",
    last: "Ruiz Ortega Vidal Navarro Campos Iglesias Serrano Molina Prieto Cano Núñez Peña",
  },
  german: {
    first: "Jana Lukas Katrin Stefan Miriam Jürgen Anke Tobias Heike Florian Sabine Björn",
    last: "Vogel Krüger Brandt Lindner Seidel Weiß Hartmann Böhm Keller Pohl Reuter Schäfer",
  },
  french: {
    first: "Camille Julien Élodie Antoine Margaux Thibault Inès Mathieu Noémie Bastien Aurélie Yann",
    last: "Moreau Lefèvre Garnier Blanchard Perrin Delmas Renaud Chevalier Roussel Barbier Picard Meunier",
  },
  italian: {
    first: "Giulia Matteo Chiara Davide Francesca Lorenzo Silvia Andrea Elisa Paolo",
    last: "Ferraro Galli Moretti Conti Rinaldi Bellini Sartori Fontana Greco Villa",
  },
  nordic: {
    first: "Astrid Erik Ingrid Lars Freja Søren Maja Nils Sigrid Åsa Henrik Linnea",
    last: "Lindqvist Håkansson Bergström Nyberg Sørensen Dahl Ekström Holm Solberg Aalto Virtanen Öberg",
  },
  polish: {
    first: "Agnieszka Paweł Małgorzata Tomasz Katarzyna Michał Ewa Łukasz Zofia Piotr",
    last: "Zieliński Wójcik Mazur Krawczyk Pawlak Dąbrowska Sikora Baran Lis Górska",
  },
  indian: {
    first: "Priya Arjun Ananya Rahul Kavya Vikram Meera Rohan Deepa Sanjay Nisha Aditya",
    last: "Iyer Kulkarni Menon Banerjee Deshpande Reddy Chopra Nair Bhatt Joshi Rao Saxena",
  },
  japanese: {
    first: "Yuki Haruto Aiko Kenji Sakura Daichi Emi Takashi Naoko Ren",
    last: "Fujimoto Nakagawa Ishida Morita Okada Hayashi Ueno Matsuda Kubo Arai",
  },
  portuguese: {
    first: "Beatriz Thiago Larissa Rafael Inês João Camila Bruno Patrícia Caio",
    last: "Almeida Barros Cardoso Teixeira Moraes Pinto Azevedo Nogueira Tavares Falcão",
  },
  dutch: {
    first: "Sanne Bram Femke Joost Lotte Ruben Anouk Pieter Marieke Koen",
    last: "van Dijk Bakker de Vries Visser Mulder Hoekstra Brouwer Kuipers Postma Verhoeven",
  },
  arabic: {
    first: "Layla Omar Noor Khalid Salma Tariq Huda Yusuf Rania Faisal",
    last: "Haddad Mansour Nasser Khoury Farouk Saleh Rahman Aziz Darwish Qasim",
  },
};

/** "van Dijk" and "de Vries" are one name each. */
const split = (text: string) => text.match(/(?:van |de )?\S+/g) ?? [];

const lists = new Map(
  Object.entries(names).map(([culture, { first, last }]) => [culture, { first: split(first), last: split(last) }]),
);

export interface PersonName {
  first: string;
  last: string;
}

/** Most people at a company come from its country, some from elsewhere. */
export function makePersonName(random: Random, culture: Culture): PersonName {
  const home = random.chance(0.78) ? culture : random.pick(Object.keys(names) as [Culture, ...Culture[]]);
  const list = lists.get(home) ?? { first: [], last: [] };
  return {
    first: list.first[random.int(0, list.first.length - 1)] ?? "Alex",
    last: list.last[random.int(0, list.last.length - 1)] ?? "Moore",
  };
}

const letters: Record<string, string> = { ß: "ss", ø: "o", Ø: "O", ł: "l", Ł: "L", æ: "ae", ą: "a" };

/** The part of an address before the @: plain letters only. */
export const addressOf = ({ first, last }: PersonName): string =>
  `${first}.${last}`
    .replace(/[ßøØłŁæą]/g, (letter) => letters[letter] ?? letter)
    .normalize("NFD")
    .replace(/[^A-Za-z.]/g, "")
    .toLowerCase();
