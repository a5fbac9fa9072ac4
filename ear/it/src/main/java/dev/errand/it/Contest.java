package dev.errand.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.it.client.Rest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Many that send at the same moment by REST, some of which want the same ids and unique keys. */
public final class Contest {
    private static final int SENDERS = 16;
    private static final int ROUNDS = 15;

    /** Of the senders of a round: those that want its id, those that want its key, and the others. */
    private static final int WANT_THE_ID = 4;

    private static final int WANT_THE_KEY = 8;

    private Contest() {}

    /** One wins each id and each key; the others, and no more, are told that it is taken. */
    public static void oneWinsEach(Rest rest, String name) throws Exception {
        List<Future<Rest.Answer>> answers = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(SENDERS);
        for (int round = 0; round < ROUNDS; round++) {
            for (int sender = 0; sender < SENDERS; sender++) {
                Map<String, Object> task = task(name + "-" + round, sender);
                answers.add(threads.submit(() -> rest.post("/tasks", task)));
            }
        }
        threads.shutdown();
        List<String> sent = new ArrayList<>();
        List<String> toRun = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            Map<Integer, Integer> won = new HashMap<>();
            for (int sender = 0; sender < SENDERS; sender++) {
                Rest.Answer answer = answers.get(round * SENDERS + sender).get();
                int group = sender < WANT_THE_ID ? 0 : sender < WANT_THE_KEY ? 1 : 2;
                if (answer.status() == 201) {
                    won.merge(group, 1, Integer::sum);
                    sent.add(answer.task().id());
                    assertThat(answer.task().sentBy()).isEqualTo("admin");
                    if (group != 1) {
                        toRun.add(answer.task().id());
                    }
                } else {
                    assertThat(answer.expect(409).text()).contains(name + "-" + round);
                }
            }
            assertThat(won).isEqualTo(Map.of(0, 1, 1, 1, 2, SENDERS - WANT_THE_KEY));
        }
        assertThat(sent).doesNotHaveDuplicates();
        for (String id : toRun) {
            rest.awaitState(id, "SUCCESS");
        }
    }

    private static Map<String, Object> task(String name, int sender) {
        Map<String, Object> task = new HashMap<>(Map.of("task", "example.echo", "argument", name));
        if (sender < WANT_THE_ID) {
            task.put("id", name);
        } else if (sender < WANT_THE_KEY) {
            task.put("uniqueKey", name);
            // the key is taken until the task is finished
            task.put("countdown", "PT1H");
        }
        return task;
    }
}
