import type { AbuseKind, CheatKind, LocalText } from '../../web/index.ts'

/** Why each attempt comes to nothing, in a sentence or two. */
export const stoppedTexts: Readonly<Record<CheatKind | AbuseKind, LocalText>> = {
  enumerate: {
    en: "Strangers are refused because they are no party to the case; the one allowed person is refused when the agreement's limit is used up. No question names more than one person.",
    fr: "Les inconnus sont refusés car ils ne sont pas parties au dossier ; la seule personne permise est refusée une fois la limite de l'accord atteinte. Aucune question ne nomme plus d'une personne.",
    es: 'Los desconocidos se rechazan porque no son parte del expediente; la única persona permitida se rechaza cuando se agota el límite del acuerdo. Ninguna pregunta nombra a más de una persona.',
  },
  'edit-log': {
    en: 'The log commits to every bit of every entry. The verifier named the entry, and the inspector made the finding an entry of its own.',
    fr: "Le journal engage chaque bit de chaque entrée. Le vérificateur a nommé l'entrée, et l'inspecteur en a fait une entrée de son propre journal.",
    es: 'El registro compromete cada bit de cada entrada. El verificador nombró la entrada, y el inspector hizo del hallazgo una entrada propia.',
  },
  restore: {
    en: 'The newest state is remembered in several places, and a start compares all of them. Whoever puts everything back on one machine is still noticed by the witness on another.',
    fr: "L'état le plus récent est gardé à plusieurs endroits, et chaque démarrage les compare tous. Qui remet tout en arrière sur une machine est encore remarqué par le témoin, sur une autre.",
    es: 'El estado más reciente se recuerda en varios lugares, y cada arranque los compara todos. A quien restaura todo en una máquina aún lo nota el testigo, en otra.',
  },
  'spend-twice': {
    en: 'The budget is reserved in the log before a row is read, one question after the other, however many come at once. A table that was released once comes again without a new draw, so the same question tells nothing more.',
    fr: "Le budget est réservé dans le journal avant qu'une ligne soit lue, une question après l'autre, si nombreuses qu'elles arrivent. Un tableau déjà publié revient à l'identique : la même question n'apprend rien de plus.",
    es: 'El presupuesto se reserva en el registro antes de leer una fila, pregunta tras pregunta, por muchas que lleguen a la vez. Una tabla ya publicada vuelve idéntica: la misma pregunta no dice nada más.',
  },
  'no-case': {
    en: "Housing's own case system vouches for every case with a key that no gateway holds. The tax agency asks for that proof itself, so a stolen gateway key does not help.",
    fr: "Le système de dossiers du logement atteste chaque dossier avec une clé qu'aucune passerelle ne détient. L'agence fiscale exige elle-même cette preuve : une clé de passerelle volée ne sert à rien.",
    es: 'El sistema de expedientes de vivienda avala cada expediente con una clave que ninguna pasarela tiene. La agencia tributaria exige esa prueba ella misma: una clave de pasarela robada no sirve.',
  },
  'other-purpose': {
    en: 'An agreement has one purpose and names each fact. The tax agency holds every question against it before anything is read, whatever the asker claims.',
    fr: "Un accord a une finalité et nomme chaque fait. L'agence fiscale y confronte chaque question avant toute lecture, quoi que prétende le demandeur.",
    es: 'Un acuerdo tiene una finalidad y nombra cada dato. La agencia tributaria contrasta con él cada pregunta antes de leer nada, alegue lo que alegue quien pregunta.',
  },
  addresses: {
    en: 'There is no message that names two people, so an order of a million is a million questions, each with its own case. Where somebody lives is told with that person’s own consent alone.',
    fr: "Aucun message ne nomme deux personnes : une commande d'un million est un million de questions, chacune avec son dossier. Où vit une personne n'est dit qu'avec son propre consentement.",
    es: 'Ningún mensaje nombra a dos personas: un pedido de un millón es un millón de preguntas, cada una con su expediente. Dónde vive alguien se dice solo con su propio consentimiento.',
  },
  victim: {
    en: 'Only the officials of a case may ask in it, and about one person no more often than the agreement says. Each try, refused ones too, is on the person’s own page.',
    fr: "Seuls les agents d'un dossier peuvent y interroger, et sur une personne pas plus souvent que l'accord ne le dit. Chaque tentative, même refusée, figure sur la page de la personne.",
    es: 'Solo los responsables de un expediente pueden preguntar en él, y por una persona no más veces que las que dice el acuerdo. Cada intento, también los rechazados, figura en la página de la persona.',
  },
  years: {
    en: 'A person who is in no case of the official’s is refused the first time, not after 22 months. The refusals are counted, and the data protection officers of both agencies see them as a signal.',
    fr: "Une personne qui ne figure dans aucun dossier de l'agent est refusée dès la première fois, non après 22 mois. Les refus sont comptés, et les délégués des deux agences les voient comme un signal.",
    es: 'Una persona que no está en ningún expediente del funcionario se rechaza a la primera, no tras 22 meses. Los rechazos se cuentan, y los delegados de ambas agencias los ven como señal.',
  },
  sold: {
    en: 'There is nothing to search and nothing to export: a question names one person, a table names none.',
    fr: "Il n'y a rien à rechercher et rien à exporter : une question nomme une personne, un tableau n'en nomme aucune.",
    es: 'No hay nada que buscar ni que exportar: una pregunta nombra a una persona, una tabla a ninguna.',
  },
  copied: {
    en: 'A copied key asks for nothing without the case system’s own proof, and what was done cannot be taken out of the log: whoever reads it finds the place. What Cloison cannot prevent is that an owner copies a register outside of it.',
    fr: "Une clé copiée n'obtient rien sans la preuve du système de dossiers, et ce qui a été fait ne peut être retiré du journal : quiconque le lit trouve l'endroit. Ce que Cloison ne peut empêcher, c'est qu'un propriétaire copie son registre hors de lui.",
    es: 'Una clave copiada no obtiene nada sin la prueba del sistema de expedientes, y lo hecho no puede quitarse del registro: quien lo lea encuentra el lugar. Lo que Cloison no puede impedir es que el dueño copie su registro fuera de él.',
  },
  shared: {
    en: 'Each official asks under a name of their own, in a case that is theirs, with a log-in of the last 15 minutes. Who it was is sealed in the log for the officer and an inspector together.',
    fr: "Chaque agent interroge sous son propre nom, dans un dossier qui est le sien, après une connexion de moins de 15 minutes. Qui c'était est scellé dans le journal pour le délégué et un inspecteur ensemble.",
    es: 'Cada funcionario pregunta con su propio nombre, en un expediente suyo, con una sesión de menos de 15 minutos. Quién fue queda sellado en el registro para el delegado y un inspector juntos.',
  },
}
