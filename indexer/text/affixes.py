"""The particles and endings that Arabic writes onto a word, as the press writes them.

The start is light10 (Larkey, Ballesteros & Connell, «Light Stemming for Arabic Information
Retrieval», 2007): ال وال بال كال فال لل و before a word, ها ان ات ون ين يه ية ه ة ي behind it. Ours
adds what light10 leaves out because without evidence it does more harm than good: the particles
و ف ب ل ك س alone and together, and the pronouns, in the order that grammar gives them (Ryding, «A
Reference Grammar of Modern Standard Arabic», 2005): conjunction, preposition or future, article.
Letters are folded: «ة» is «ه», «ى» and «ئ» are «ي».
"""

#: Conjunctions, prepositions and the article in every order in which they are written together.
PROCLITICS = (
    "",
    # conjunctions: and, so
    "و",
    "ف",
    # prepositions: in or by, to or for, like
    "ب",
    "ل",
    "ك",
    # the future of a verb
    "س",
    # the article; «ل» and the article are written «لل»
    "ال",
    "لل",
    # a conjunction before each of these
    "وب",
    "ول",
    "وك",
    "وس",
    "فب",
    "فل",
    "فك",
    "فس",
    "وال",
    "فال",
    "ولل",
    "فلل",
    # a preposition before the article, and a conjunction before both
    "بال",
    "كال",
    "وبال",
    "وكال",
    "فبال",
    "فكال",
)

#: The future, and the letters that begin a verb behind it: «سيزور», but «سبورة» is whole.
FUTURE = "س"
PERSONS = (
    "ا",
    "ت",
    "ن",
    "ي",
)
FEMININE = "ه"
#: Pronouns behind a noun, a verb or a particle, longest first.
PRONOUNS = (
    "هما",
    "كما",
    "ها",
    "هم",
    "هن",
    "كم",
    "كن",
    "نا",
    "ني",
    "ه",
    "ك",
    "ي",
)
#: Endings of dual, sound plural, person and the written accusative, longest first.
INFLECTIONS = (
    "تان",
    "تين",
    "ات",
    "ان",
    "ين",
    "ون",
    "وا",
    "تم",
    "ا",
    "ت",
    "ن",
    "و",
    "ي",
)
#: Endings of the feminine and of relation («حكومة», «حكومي», «حكومية»), longest first.
RELATION = (
    "يه",
    "ي",
    "ه",
)
#: How the word ends that a relational ending is put on: «عسكر», «حكومة», «أمريكا», «سوريا».
RELATED = (
    "",
    "ه",
    "ا",
    "يا",
)
#: Particles taken off words that the lexicon has in no form, and how many letters must remain.
#: A lone ف ب ل ك is left there: an unknown word is most often a foreign name, and those begin with
#: these letters as with any others.
UNKNOWN_PROCLITICS = (
    ("وبال", 3),
    ("وكال", 3),
    ("فبال", 3),
    ("وال", 3),
    ("بال", 3),
    ("كال", 3),
    ("فال", 3),
    ("ولل", 3),
    ("لل", 3),
    ("ال", 3),
    ("و", 4),
)
#: Endings of number, gender and relation, and what stands in their place in the dictionary's form.
_RESTORING = (
    ("ات", ""),
    ("ات", "ه"),
    ("ان", ""),
    ("ين", ""),
    ("ون", ""),
    ("تان", "ه"),
    ("تين", "ه"),
    ("وا", ""),
    ("ا", ""),
    ("ت", ""),
    ("ه", ""),
    ("يه", "ي"),
    ("ن", ""),
)
#: Every ending with what stands in its place: «ته» leaves «ه», as «سفارته» is «سفاره» and «ه».
ENDINGS = (
    *_RESTORING,
    *((pronoun, "") for pronoun in PRONOUNS),
    *(("ت" + pronoun, "ه") for pronoun in PRONOUNS),
    *(("ات" + pronoun, "ه") for pronoun in PRONOUNS),
    *(("ات" + pronoun, "") for pronoun in PRONOUNS),
    *(("ي" + pronoun, "") for pronoun in PRONOUNS),
    *(("و" + pronoun, "") for pronoun in PRONOUNS),
    # Hamza changes its carrier before a pronoun: «حلفاء», «حلفائها», «حلفاؤها».
    *(("اي" + pronoun, "اء") for pronoun in PRONOUNS),
    *(("او" + pronoun, "اء") for pronoun in PRONOUNS),
)
