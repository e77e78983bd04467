/** Names that nobody bears, planted in children's records; no refusal may ever hold one. */
export const canaries = ['Zqkanari', 'Vuthyqxz', 'កាណារីហ្សុក', 'វុធ្យាក្សហ្ស', 'ទីលំនៅកាណារី'] as const;

const [familyLatin, givenLatin, familyKhmer, givenKhmer, place] = canaries;

/** A child as `POST /persons` takes one. Made up, and marked so. */
export const canaryChild = {
  sex: 'female',
  synthetic: true,
  identity: {
    familyNameLatin: familyLatin,
    givenNameLatin: givenLatin,
    familyNameKm: familyKhmer,
    givenNameKm: givenKhmer,
  },
  location: { address: place },
};

export const holdsCanary = (text: string): boolean => canaries.some((each) => text.includes(each));
