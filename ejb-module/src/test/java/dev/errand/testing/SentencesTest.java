package dev.errand.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SentencesTest {
    @ParameterizedTest
    @CsvSource({
        "aNodeJoinsUnderLoad, A node joins under load",
        "aQueueHasAnMBeanOfItsOwn, A queue has an MBean of its own",
        "theJSONIsValid, The JSON is valid",
        "noSetUpHasH2KeepResults, No set up has H2 keep results",
        "thereIsA404ForAnUnknownTask, There is a 404 for an unknown task",
        "sends_once, Sends once",
        "SingleSignOn, Single sign on"
    })
    void capitalsBeginWordsUnlessTheyAreAnAbbreviation(String name, String sentence) {
        assertThat(Sentences.sentence(name)).isEqualTo(sentence);
    }

    @Test
    void reportsShowTheNameOfThisTestAsASentence(TestInfo test) {
        assertThat(test.getDisplayName()).isEqualTo("Reports show the name of this test as a sentence");
    }
}
