// The seven kinds of entity: what they are called, their colour and their sign.
// The colours stay apart for colour-blind readers, and the signs tell the kinds
// apart without any colour. A sign is an SVG path on a grid of 16 by 16, filled
// even-odd.

export type Kind = "ORGANISATION" | "COUNTRY" | "PERSON" | "AGREEMENT" | "TOPIC" | "PLACE" | "EVENT";

export interface KindStyle {
  one: string;
  many: string;
  colour: string;
  sign: string;
}

export const kinds: Record<Kind, KindStyle> = {
  ORGANISATION: { one: "organisation", many: "organisations", colour: "#2563a8", sign: "M2 6 8 2l6 4v1H2zM3 8h2v4H3zM7 8h2v4H7zM11 8h2v4h-2zM2 13h12v1.5H2z" },
  COUNTRY: { one: "country", many: "countries", colour: "#0f7f63", sign: "M3.5 1.5H5v13H3.5zM5.5 2.5H14l-2.2 2.9L14 8.3H5.5z" },
  PERSON: { one: "person", many: "people", colour: "#c04e16", sign: "M8 7.8a3.1 3.1 0 1 0 0-6.2 3.1 3.1 0 0 0 0 6.2zM2.3 14.5c0-3.5 2.4-5.4 5.7-5.4s5.7 1.9 5.7 5.4z" },
  AGREEMENT: { one: "agreement", many: "agreements", colour: "#7b4397", sign: "M3.5 1.5h6l3 3v10h-9zM5.5 6.5v1.2h5V6.5zM5.5 9.3v1.2h5V9.3z" },
  TOPIC: { one: "topic", many: "topics", colour: "#9a6a00", sign: "M2 2h6.5l6 6-6.5 6.5-6-6zM5 3.7a1.3 1.3 0 1 0 0 2.6 1.3 1.3 0 0 0 0-2.6z" },
  PLACE: { one: "place", many: "places", colour: "#5f6b7a", sign: "M8 1.3c-2.7 0-4.8 2-4.8 4.7C3.2 9.5 8 14.7 8 14.7s4.8-5.2 4.8-8.7c0-2.7-2.1-4.7-4.8-4.7zM8 4.2a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6z" },
  EVENT: { one: "event", many: "events", colour: "#167f98", sign: "M2 3.5h2.5v-2H6v2h4v-2h1.5v2H14V14H2zM3.7 6.7v5.6h8.6V6.7z" },
};

export const kindOrder = Object.keys(kinds) as Kind[];

// counted is a number with its noun: "1 person", "3 people".
export function counted(n: number, one: string, many = one + "s"): string {
  return `${n.toLocaleString("en-GB")} ${n === 1 ? one : many}`;
}
