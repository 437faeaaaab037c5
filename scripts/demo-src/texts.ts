// What the demo's causes say. The people are invented.

/** The words of a cause with one action. */
export interface Words {
  title: string;
  summary: string;
  text: string;
  label: string;
  description: string;
  place: { label: string; country: string };
  tags: string[];
  harm_note: string;
}

const PLAYED =
  "\n\nThis is an example on a chain of your own machine, with pretend coins. Its windows last seconds where real ones last weeks.";

export const JOURNAL: Words = {
  title: "Leave the overpriced journal together",
  summary: "Five of us publish in it because everybody does. We stop on the same day, so that nobody stands alone.",
  text:
    "The journal asks our libraries for more each year, for papers that we write and review unpaid. Whoever leaves alone " +
    "loses readers; if enough of us leave, the readers come along. From January on we neither submit to it nor review for it, " +
    "and send our papers to the open journal that our society founded. The library association looks into both journals' " +
    "issues after a year and says who kept the promise." +
    PLAYED,
  label: "Submit nothing to it for a year",
  description:
    "You neither submit to the journal nor review for it from 1 January to 31 December. Anybody can see authors and reviewers in its issues.",
  place: { label: "Utrecht", country: "NL" },
  tags: ["research", "open-access", "example"],
  harm_note: "The journal's two assistants may lose their jobs; the open journal is hiring one.",
};

export const BIKE_SHED: Words = {
  title: "A bicycle shed for Rosengasse 12",
  summary: "It is worth building if six flats use it. Three say yes: the goal is missed, and everybody has their stake back.",
  text:
    "Bicycles block the stairs since the cellar was let. A shed in the yard has room for twelve. We build it if at least six " +
    "flats promise to help on the two Saturdays in May, and not at all otherwise." +
    PLAYED,
  label: "Help on two Saturdays in May",
  description: "You help to build the shed on both Saturdays, from nine to one. The others see you there.",
  place: { label: "Graz", country: "AT-6" },
  tags: ["neighbours", "example"],
  harm_note: "The yard loses four square metres of lawn.",
};

/** One after the other; each takes four people or none. */
export const OPEN: readonly Words[] = [
  {
    title: "Carry the choir's piano to the second floor",
    summary: "It takes four people or it stays where it is. Three are in: you would be the fourth.",
    text:
      "The choir's new room has no lift, and movers ask for more than the piano cost. Four people with straps do it in half an " +
      "hour; three can't. So nobody need come unless four do. The caretaker, who opens the door, says who came." +
      PLAYED,
    label: "Carry the piano on Saturday at ten",
    description: "You come to the old school on Saturday at ten and carry one corner. The caretaker sees you.",
    place: { label: "Leuven", country: "BE" },
    tags: ["music", "neighbours", "example"],
    harm_note: "The neighbours below hear scales from September on.",
  },
  {
    title: "Four families share the way to school",
    summary: "Each family walks with all the children on one day. With four families every day but Friday is covered. Three are in.",
    text:
      "Eleven children of our street walk the same way, each with a parent of their own. If four families take one day each, three " +
      "parents are free on every day. With fewer there would be days with nobody, so it starts with four or not at all. The crossing guard at " +
      "the school says who came." +
      PLAYED,
    label: "Walk with all children on one day a week",
    description: "You take your day from now to the holidays and bring all children to the gate by eight. The crossing guard sees you.",
    place: { label: "Aarhus", country: "DK" },
    tags: ["parents", "school", "example"],
    harm_note: "None that we know of.",
  },
  {
    title: "Keep the courtyard's young trees alive this summer",
    summary: "Four tenants water for one week of August each. Any week without water, and the trees are lost. Three are in.",
    text:
      "The house planted five lime trees in spring. They need water every second evening in August, when most of us are away. Four " +
      "tenants, a week each, and they live; a gap of one week, and the others watered for nothing. The house's gardener says who watered." +
      PLAYED,
    label: "Water the trees for one week of August",
    description: "In your week you give each tree two cans on every second evening. The gardener sees it by the soil.",
    place: { label: "Lyon", country: "FR-69" },
    tags: ["tenants", "trees", "example"],
    harm_note: "About four cubic metres of drinking water.",
  },
];
