//! Is a text nearly another one? The likeness of letter runs of [`alike`](crate::alike) says it: a name, a date or a line
//! that differs moves it little, another matter moves it far.

use crate::alike::{Counts, Sought};
use crate::text::{fold, words};

/// From this likeness on two texts are nearly the same. The pairs of the test below, written as deciders write, are alike by
/// 0.83 and more where they are nearly the same, and by 0.43 at most where they are not.
const NEAR: f64 = 0.7;
/// A text of fewer telling words says too little: *No money this year* comes again without being a copy.
const FEWEST_WORDS: usize = 6;
/// More different words than so many are not compared.
const WORDS: usize = 80;

/// The place of the text among `others` that is most nearly `text`; nothing where none is.
///
/// Linear in the number of letters of all texts, but for sorting.
pub fn near_copy(text: &str, others: &[&str]) -> Option<usize> {
    if words(text).len() < FEWEST_WORDS {
        return None;
    }
    let folded: Vec<String> = others.iter().map(|other| fold(other)).collect();
    let folded: Vec<&str> = folded.iter().map(String::as_str).collect();
    let sought = Sought::new(text, WORDS);
    // Every word counts the same here: how rare it is elsewhere says nothing of whether it was copied.
    let counts = Counts { with_word: vec![1; sought.words().count()], texts: 1 };
    let ranked = sought.rank(&folded, &counts);
    let nearest = ranked.iter().max_by(|a, b| a.alike.total_cmp(&b.alike).then(b.place.cmp(&a.place)))?;
    (nearest.alike >= NEAR).then_some(nearest.place)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARKING: &str = "There is no room for more staff bays until the north field is paved next spring. Please use the \
        park and ride from Mill Lane, which is free with your badge. We know that it adds ten minutes.";

    /// Texts that a decider would call the same, each with the one that it repeats.
    const NEARLY: [(&str, &str); 6] = [
        (PARKING, PARKING),
        (
            PARKING,
            "Dear Olu, there is no room for more staff bays until the north field is paved in spring. Please use the park \
             and ride from Mill Lane, it is free with your badge. We know it adds ten minutes.",
        ),
        (
            PARKING,
            "No room for more staff bays until the north field is paved next spring, sorry. Please take the park and ride \
             at Mill Lane, which is free with a badge. I know that it adds ten minutes to your day.",
        ),
        (
            "We cannot buy a second bladder scanner this year. The equipment budget is spent until April, and the one on \
             Ward 6 can be borrowed by ringing 4410.",
            "We can't buy a second scanner this year: the equipment budget is spent until April. The one on Ward 6 can be \
             borrowed, ring 4410.",
        ),
        (
            "The prison visits booking line is run by another department, so we cannot lengthen its hours. I have asked \
             them, and they look at it in June.",
            "The booking line for prison visits is run by another department and we cannot lengthen its hours. I've asked \
             them; they look at it again in June.",
        ),
        (
            "Nid oes lle i ragor o geir staff nes i’r cae gogleddol gael ei balmantu y gwanwyn nesaf. Defnyddiwch y \
             gwasanaeth parcio a theithio o Lôn y Felin, sydd am ddim gyda’ch bathodyn.",
            "Does dim lle i ragor o geir staff nes i’r cae gogleddol gael ei balmantu y gwanwyn nesaf. Defnyddiwch y \
             gwasanaeth parcio a theithio o Lôn y Felin; mae am ddim gyda’ch bathodyn.",
        ),
    ];

    /// Texts of the same hand or the same matter that say something else.
    const OTHERS: [(&str, &str); 6] = [
        (
            PARKING,
            "Visitors may not use the staff bays because the fire service needs them clear. Ask at the main desk for a \
             blue permit instead.",
        ),
        (
            PARKING,
            "The cycle shed by the north field is full because of old bikes. We clear it next spring, and until then there \
             is a rack behind the kitchen.",
        ),
        (
            "We cannot buy a second bladder scanner this year. The equipment budget is spent until April, and the one on \
             Ward 6 can be borrowed by ringing 4410.",
            "We cannot repair the hoist on Ward 6 this year. The maker has stopped selling parts for it, and the therapy \
             team has one that you can share.",
        ),
        (
            "Two of the team are off until May, so nobody has time to train the others on the new form.",
            "Two of the team are off until May, so the late clinic on Tuesdays has to wait for them.",
        ),
        (
            "The stores shut at four because their driver goes home. A later round would need another driver, whom we do \
             not have.",
            "The pharmacy shuts at six because there are two of them. Ring the on-call number at night, and they come.",
        ),
        (
            "The exam hall is booked by the college until July, so mock exams stay in the gym.",
            "The gym is being painted in July, so exams are in the main hall.",
        ),
    ];

    #[test]
    fn a_text_with_a_few_words_changed_is_a_copy_and_another_matter_is_none() {
        for (text, other) in NEARLY {
            assert_eq!(near_copy(text, &[OTHERS[0].1, other]), Some(1), "{text}\n{other}");
            assert_eq!(near_copy(other, &[text]), Some(0), "{other}\n{text}");
        }
        for (text, other) in OTHERS {
            assert_eq!(near_copy(text, &[other]), None, "{text}\n{other}");
            assert_eq!(near_copy(other, &[text]), None, "{other}\n{text}");
        }
    }

    #[test]
    fn a_few_words_are_no_copy_of_the_same_few() {
        assert_eq!(near_copy("No money this year.", &["No money this year."]), None);
        assert_eq!(near_copy(PARKING, &[]), None);
        assert_eq!(near_copy("", &[PARKING]), None);
    }
}
