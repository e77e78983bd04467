import { shippedCodes } from '#libs/interop';

/** Option ids that Cambodia's Primero knows, by field of meaning. Case matters, and so do its misspellings. */
const own = [...shippedCodes.services.known.values()];
/** Subtypes are the services of the exchange: those that OSCaR has a name for. */
const serviceSubtypes = own.filter(({ name }) => name !== null).map(({ code }) => code);
const serviceTypes = [...own.flatMap(({ type }) => (type === null ? [] : [type])), 'Other'];

const lists = {
  careArrangement: [
    ...['parent_s', 'step_parent', 'customary_caregiver_s', 'adult_sibling', 'kinship_care_extended_family'],
    ...['foster_care', 'residential_care', 'kafala', 'independent_living', 'child_headed_household'],
    ...['unrelated_adult', 'no_care_arrangement', 'other'],
  ],
  caregiverChange: [
    ...['abuse_exploitation', 'death_of_caregiver', 'Education', 'ill_health_of_caregiver', 'other', 'poverty'],
    'relationship_breakdown',
  ],
  closureReason: [
    ...['death_of_child', 'formal_closing', 'not_seen_during_verification', 'repatriated', 'transferred', 'other'],
  ],
  consentFrom: ['individual', 'caregiver', 'other'],
  country: ['cambodia', 'laos', 'thailand', 'vietnam'],
  displacement: [
    ...['resident', 'idp', 'refugee', 'stateless_person', 'returnee', 'foreign_national', 'asylum_seeker'],
  ],
  followup: ['after_reunification', 'in_care', 'for_service', 'for_assesment'],
  identifiedWhen: [
    ...['follow_up_after_reunification', 'follow_up_in_care', 'registration', 'reunification', 'verification'],
  ],
  implemented: ['not_implemented', 'implemented'],
  marital: ['single', 'married_cohabitating', 'divorced_separated', 'widowed'],
  /** The seed names a list that it does not have, so that nothing is an option. */
  nothing: [],
  protectionConcern: [
    ...['sexually_exploited', 'gbv_survivor', 'trafficked_smuggled', 'statelessness', 'arrested_detained', 'migrant'],
    ...['disabled', 'serious_health_issue', 'refugee', 'caafag', 'street_child', 'child_mother'],
    ...['physically_or_mentally_abused', 'living_with_vulnerable_person', 'worst_forms_of_child_labor'],
    ...['child_headed_household', 'mentally_distressed', 'other'],
  ],
  protectionStatus: ['unaccompanied', 'separated', 'oscar_referral'],
  referralStatus: ['pending_310366', 'accepted_340953', 'rejected_936484'],
  relationship: [
    ...['mother', 'father', 'aunt', 'uncle', 'grandmother', 'grandfather', 'brother', 'sister', 'husband', 'wife'],
    ...['partner', 'other_family', 'other_nonfamily'],
  ],
  relativeAlive: ['unknown', 'alive', 'dead'],
  responseType: [
    ...['care_plan', 'action_plan', 'service_provision', 'referral_to_oscar', 'referral_from_oscar'],
    'service_being_provided_by_oscar_partner_47618',
  ],
  risk: ['high', 'medium', 'low', 'no_action'],
  serviceSubtype: serviceSubtypes,
  serviceType: serviceTypes,
  sex: ['male', 'female', 'other'],
  sharedWith: ['family', 'authorities', 'unhcr', 'other_organizations', 'others'],
  status: ['open', 'closed', 'transferred', 'duplicate'],
  timeframe: ['1_hour', '3_hours', '1_day', '3_days'],
} satisfies Record<string, readonly string[]>;

export type OptionList = keyof typeof lists;

const optionIds: Readonly<Record<OptionList, readonly string[]>> = lists;

export const isOption = (list: OptionList, id: string): boolean => optionIds[list].includes(id);
