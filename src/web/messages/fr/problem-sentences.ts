import type { ProblemSentence } from '../../../agreement/index.ts'

/** What is wrong with an agreement, in French. */
export const problemSentences: Readonly<Record<ProblemSentence, string>> = {
  'problemSays.one-organisation': 'qui répond et qui demande sont la même organisation',
  'problemSays.signs-twice': 'une organisation signe deux fois',
  'problemSays.outsider': 'un délégué n’est pas d’une partie, ou un inspecteur est une partie',
  'problemSays.backwards': 'l’accord finit avant de commencer',
  'problemSays.too-long': 'l’accord court plus de {months} mois',
  'problemSays.purpose-kind': 'les accords du genre {kind} ne peuvent avoir cette finalité',
  'problemSays.predicate': 'un prédicat en veut un, un attribut n’en a pas',
  'problemSays.value-twice': 'la liste nomme une valeur deux fois',
  'problemSays.name-twice': 'deux éléments ont le même nom',
  'problemSays.thresholds': '{source} est soumis à plus de {most, number} seuils',
  'problemSays.dependent-issuer':
    'celui qui atteste le consentement n’est pas indépendant de qui demande',
  'problemSays.special-basis': 'une catégorie particulière exige une base du RGPD 9(2)',
  'problemSays.protected':
    'un élément protégé exige quelqu’un d’indépendant qui atteste le consentement',
  'problemSays.locating':
    'sans consentement, un élément de localisation n’existe que comme comparaison avec la valeur fournie',
  'problemSays.ceiling': 'dépasse le plafond de {most, number}',
  'problemSays.notice-term': 'doit être dans la durée, et {months} mois au plus après son début',
  'problemSays.authority':
    'l’autorité est une partie, ou a la clé du système des dossiers ou de qui atteste le consentement',
  'problemSays.contest': 'le contrôle d’une prestation laisse au moins {days} jours pour contester',
  'problemSays.table-element': 'un tableau a des attributs, et aucun qui localise les gens',
  'problemSays.four-parties':
    'les deux détenteurs, qui demande et l’inspecteur doivent être quatre organisations différentes',
  'problemSays.other-holder': 'l’autre détenteur ne contresigne rien d’une jointure',
  'problemSays.delta':
    'le bruit d’une jointure a un delta : un deltaExponent de {least} à {most, number}',
  'problemSays.not-in-register': 'le registre ne l’a pas',
  'problemSays.described-as': 'le registre le décrit comme étant de la catégorie « {category} »',
  'problemSays.threshold-type': 'un seuil n’est pas du type {type}',
  'problemSays.all-alike': 'toutes les valeurs du domaine décrit répondent de même',
  'problemSays.keyspace': 'le registre {register} identifie les gens par {scheme}',
  'problemSays.register-ceiling':
    'dépasse le plafond de {most, number} : le nombre approximatif, ou 1 % du registre',
  'problemSays.lock': 'le délai est plus court que {days} jours',
  'problemSays.register-value': 'la valeur du registre n’est pas du type du prédicat',
  'problemSays.not-canonical': 'ce n’est pas un accord en JSON canonique : {said}',
  'problemSays.no-agreement': 'ce n’est pas un accord',
  'problemSays.unknown-keys': 'il n’y a pas de {keys} ici',
  'problemSays.organisation': 'n’est pas un identifiant d’organisation',
  'problemSays.unprintable': 'contient des caractères qui ne s’impriment pas',
  'problemSays.base64': 'n’est pas {bytes} octets en base64',
  'problemSays.key-id': 'n’est pas un identifiant de clé',
  'problemSays.agreement-id':
    'doit avoir de 3 à 63 minuscules, chiffres et traits d’union, et commencer par une lettre ou un chiffre',
  'problemSays.reference':
    'n’est pas une référence ELI (https://…/eli/…), CELEX (celex:32016R0679) ou USC (usc:5/552a)',
  'problemSays.purpose': 'n’est pas une des finalités du vocabulaire',
  'problemSays.basis': 'n’est pas une base légale de spec/agreement.md, par exemple eu-gdpr:A6-1-e',
  'problemSays.case-source': 'n’est pas le nom d’un système des dossiers',
  'problemSays.scheme': 'n’est pas un système d’identifiants, par exemple demo-nin',
  'problemSays.kinds': 'un accord est du genre person, emergency, population ou join',
  'problemSays.register-name': 'n’est pas le nom d’un registre',
  'problemSays.day': 'n’est pas une date AAAA-MM-JJ',
  'problemSays.element-name': 'n’est pas le nom d’un élément',
  'problemSays.whole-number': 'doit être un nombre entier',
  'problemSays.missing': 'manque, ou n’est pas ce qui est demandé',
  'problemSays.least': 'doit être au moins {least}',
  'problemSays.most': 'doit être au plus {most, number}',
  'problemSays.empty': 'ne doit pas être vide',
  'problemSays.long': 'a plus de {most, number} parties ou caractères',
  'problemSays.value': 'n’est pas une des valeurs admises ici',
  'problemSays.form': 'n’a pas la forme demandée',
}
