package dev.jeton.bootstrap.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresBinariesTest {

    @ParameterizedTest
    @CsvSource({
        "Linux,amd64,false",
        "Linux,aarch64,false",
        "Linux,amd64,true",
        "Mac OS X,x86_64,false",
        "Mac OS X,aarch64,false"
    })
    void areInTheJarForEveryPlatform(String system, String architecture, boolean alpine) {
        String name = PostgresBinaries.archiveFor(system, architecture, alpine);

        assertThat(getClass().getResource("/" + name)).as(name).isNotNull();
    }
}
