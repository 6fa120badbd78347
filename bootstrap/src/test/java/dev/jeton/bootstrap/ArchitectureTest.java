package dev.jeton.bootstrap;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.HasOwner;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SliceRule;
import dev.jeton.application.port.outbound.AuditLog;
import dev.jeton.application.port.outbound.TenantRepository;
import dev.jeton.application.port.outbound.TokenRepository;
import dev.jeton.application.port.outbound.Transactor;
import dev.jeton.application.port.outbound.UserRepository;
import dev.jeton.application.port.outbound.WorkloadRepository;
import dev.jeton.jdbi.sql.Columns;
import dev.jeton.jdbi.sql.PostgresErrors;
import dev.jeton.jdbi.sql.PostgresTypes;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rules that the module graph cannot enforce. Each holds for the real classes and fails for a class in {@code broken} that violates it. */
class ArchitectureTest {
    private static final String BROKEN = "dev.jeton.bootstrap.broken.";

    private static final Set<String> HOST_SETTINGS = Set.of(
            "java.io.ByteArrayOutputStream.toString()",
            "java.io.FileReader.<init>(java.io.File)",
            "java.io.FileReader.<init>(java.lang.String)",
            "java.io.FileWriter.<init>(java.io.File)",
            "java.io.FileWriter.<init>(java.lang.String)",
            "java.io.InputStreamReader.<init>(java.io.InputStream)",
            "java.io.OutputStreamWriter.<init>(java.io.OutputStream)",
            "java.io.PrintStream.<init>(java.io.OutputStream)",
            "java.io.PrintStream.<init>(java.io.OutputStream, boolean)",
            "java.io.PrintWriter.<init>(java.io.OutputStream)",
            "java.lang.Process.errorReader()",
            "java.lang.Process.inputReader()",
            "java.lang.Process.outputWriter()",
            "java.lang.String.<init>([B)",
            "java.lang.String.getBytes()",
            "java.lang.String.toLowerCase()",
            "java.lang.String.toUpperCase()",
            "java.nio.charset.Charset.defaultCharset()",
            "java.text.DateFormat.getInstance()",
            "java.text.MessageFormat.format(java.lang.String, [Ljava.lang.Object;)",
            "java.text.NumberFormat.getInstance()",
            "java.text.SimpleDateFormat.<init>(java.lang.String)",
            "java.time.LocalDate.now()",
            "java.time.LocalDateTime.now()",
            "java.time.OffsetDateTime.now()",
            "java.time.ZonedDateTime.now()",
            "java.time.ZoneId.systemDefault()",
            "java.time.format.DateTimeFormatter.ofPattern(java.lang.String)",
            "java.util.Locale.getDefault()",
            "java.util.Scanner.<init>(java.io.InputStream)",
            "java.util.TimeZone.getDefault()");

    private static final JavaClasses REAL = new ClassFileImporter()
            .withImportOption(location -> !location.contains("/test-classes/") && !location.contains("-tests.jar"))
            .withImportOption(location -> !location.contains("/dev/jeton/v1/"))
            .importPackages("dev.jeton");

    private static final List<Class<?>> WRITABLE = List.of(
            TenantRepository.class,
            UserRepository.class,
            WorkloadRepository.class,
            TokenRepository.class,
            AuditLog.class);

    private static final JavaClasses BROKEN_CLASSES =
            new ClassFileImporter().importPackages("dev.jeton.bootstrap.broken");

    @Test
    void grpcAdapterUsesInboundPortsOnly() {
        holds(grpcAdapterUsesInboundPortsOnly("dev.jeton.grpc.."), grpcAdapterUsesInboundPortsOnly(BROKEN + "grpc.."));
    }

    @Test
    void grpcCallsBuildOnMessagesAndMessagesOnErrors() {
        holds(grpcPackagesAreLayered("dev.jeton.grpc."), grpcPackagesAreLayered(BROKEN + "grpc."));
    }

    @Test
    void grpcFeaturesDoNotDependOnEachOther() {
        holds(
                grpcFeaturesAreIndependent("dev.jeton.grpc.")
                        // A profile contains the caller's tenant.
                        .ignoreDependency(
                                nameMatching("dev\\.jeton\\.grpc\\.user\\.UserProtos"),
                                nameMatching("dev\\.jeton\\.grpc\\.tenant\\.TenantProtos")),
                grpcFeaturesAreIndependent(BROKEN + "grpc."));
    }

    @Test
    void jdbiAdapterUsesOutboundPortsOnly() {
        holds(
                jdbiAdapterUsesOutboundPortsOnly("dev.jeton.jdbi.."),
                jdbiAdapterUsesOutboundPortsOnly(BROKEN + "jdbi.."));
    }

    @Test
    void verificationSharesThreeClassesWithTheRestOfTheJdbiAdapter() {
        holds(verificationIsIndependent("dev.jeton.jdbi"), verificationIsIndependent(BROKEN + "jdbi"));
    }

    @Test
    void packagesOfTheJdbiAdapterHaveNoCycles() {
        holds(haveNoCyclesFrom("dev.jeton.jdbi"), haveNoCyclesFrom(BROKEN + "jdbi"));
    }

    @Test
    void onlyTheRootOfTheJdbiAdapterIsUsedFromOutside() {
        holds(
                onlyRootIsUsedFrom("dev.jeton..", "dev.jeton.jdbi"),
                onlyRootIsUsedFrom("dev.jeton.bootstrap.broken..", BROKEN + "jdbi"));
    }

    @Test
    void noPackageHasMoreThan25Types() {
        holds(areNotCrowded(resideInAnyPackage("dev.jeton..")), areNotCrowded(resideInAnyPackage(BROKEN + "crowded")));
    }

    @Test
    @Tag("G17")
    void coreReadsNoClock() {
        holds(readsNoClock("dev.jeton.domain..", "dev.jeton.application.."), readsNoClock(BROKEN + "core.."));
    }

    /** They may measure durations. */
    @Test
    @Tag("G17")
    void adaptersReadNoWallClock() {
        holds(readsNoWallClock("dev.jeton.grpc..", "dev.jeton.jdbi.."), readsNoWallClock(BROKEN + "core.."));
    }

    @Test
    void onlyCallsBeginTransactions() {
        holds(
                beginNoTransaction("dev.jeton.application..", "dev.jeton.application.call.."),
                beginNoTransaction(BROKEN + "core..", BROKEN + "core.call"));
    }

    @Test
    void nothingIsWrittenWithoutItsAuditEvent() {
        holds(
                doNotWrite("dev.jeton.application..", "dev.jeton.application.call.."),
                doNotWrite(BROKEN + "core..", BROKEN + "core.call"));
    }

    @Test
    void coreUsesNoRandomness() {
        holds(usesNoRandomness("dev.jeton.domain..", "dev.jeton.application.."), usesNoRandomness(BROKEN + "core.."));
    }

    @Test
    void nothingReadsTheHostsLocaleTimeZoneOrCharset() {
        holds(readsNoHostSettings("dev.jeton.."), readsNoHostSettings(BROKEN + "core.."));
    }

    @Test
    void packagesOfTheDomainHaveNoCycles() {
        holds(haveNoCycles("dev.jeton.domain.(*).."), haveNoCycles(BROKEN + "cycle.(*).."));
    }

    @Test
    void packagesOfTheApplicationHaveNoCycles() {
        holds(haveNoCycles("dev.jeton.application.(**)"), haveNoCycles(BROKEN + "cycle.(**)"));
    }

    @Test
    void onlyBootstrapUsesGuice() {
        holds(
                useNoInjection(resideOutsideOfPackage("dev.jeton.bootstrap..")),
                useNoInjection(resideInAnyPackage(BROKEN + "core..")));
    }

    @Test
    void useCasesAreFinal() {
        holds(useCasesAreFinal("dev.jeton.application.."), useCasesAreFinal(BROKEN + "core.."));
    }

    @Test
    void everyPackageIsNullMarked() {
        holds(areNullMarked(resideInAnyPackage("dev.jeton..")), areNullMarked(resideInAnyPackage(BROKEN + "unmarked")));
    }

    private static ArchRule grpcAdapterUsesInboundPortsOnly(String adapter) {
        return classes()
                .that()
                .resideInAPackage(adapter)
                .should()
                .onlyDependOnClassesThat(jetonOnlyIn(
                        adapter,
                        "dev.jeton.v1..",
                        "dev.jeton.domain..",
                        "dev.jeton.application.port.inbound..",
                        "dev.jeton.application.access..",
                        "dev.jeton.application.page.."));
    }

    private static ArchRule grpcPackagesAreLayered(String adapter) {
        return layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("features")
                .definedBy(grpcFeature(adapter))
                .layer("call")
                .definedBy(adapter + "call")
                .layer("message")
                .definedBy(adapter + "message")
                .optionalLayer("error")
                .definedBy(adapter + "error")
                .whereLayer("error")
                .mayNotAccessAnyLayer()
                .whereLayer("message")
                .mayOnlyAccessLayers("error")
                .whereLayer("call")
                .mayOnlyAccessLayers("message", "error");
    }

    private static SliceRule grpcFeaturesAreIndependent(String adapter) {
        return slices().assignedFrom(new SliceAssignment() {
                    @Override
                    public SliceIdentifier getIdentifierOf(JavaClass type) {
                        return grpcFeature(adapter).test(type)
                                ? SliceIdentifier.of(type.getPackageName())
                                : SliceIdentifier.ignore();
                    }

                    @Override
                    public String getDescription() {
                        return "features of " + adapter;
                    }
                })
                .should()
                .notDependOnEachOther();
    }

    private static DescribedPredicate<JavaClass> grpcFeature(String adapter) {
        return resideInAPackage(adapter + "*")
                .and(not(resideInAnyPackage(adapter + "call", adapter + "message", adapter + "error")));
    }

    private static ArchRule jdbiAdapterUsesOutboundPortsOnly(String adapter) {
        return classes()
                .that()
                .resideInAPackage(adapter)
                .should()
                .onlyDependOnClassesThat(jetonOnlyIn(
                        adapter,
                        "dev.jeton.domain..",
                        "dev.jeton.application.port.outbound..",
                        "dev.jeton.application.page.."));
    }

    private static ArchRule verificationIsIndependent(String adapter) {
        return classes()
                .that()
                .resideInAPackage(adapter + ".verification")
                .should()
                .onlyDependOnClassesThat(resideOutsideOfPackage(adapter + "..")
                        .or(resideInAPackage(adapter + ".verification"))
                        .or(belongToAnyOf(Columns.class, PostgresErrors.class, PostgresTypes.class)));
    }

    private static ArchRule onlyRootIsUsedFrom(String outside, String adapter) {
        return noClasses()
                .that(resideInAnyPackage(outside).and(resideOutsideOfPackage(adapter + "..")))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(adapter + ".*..");
    }

    private static ArchRule areNotCrowded(DescribedPredicate<JavaClass> which) {
        return classes().that(which).should(new ArchCondition<>("share a package with at most 24 other types") {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                long types = item.getPackage().getClasses().stream()
                        .filter(type ->
                                type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
                        .count();
                events.add(new SimpleConditionEvent(
                        item, types <= 25, "%s has %d types".formatted(item.getPackageName(), types)));
            }
        });
    }

    private static ArchRule readsNoWallClock(String... packages) {
        return noClasses()
                .that()
                .resideInAnyPackage(packages)
                .should()
                .callMethodWhere(calls(Set.of(Instant.class, LocalDate.class, LocalDateTime.class), "now"))
                .orShould()
                .callMethodWhere(calls(Set.of(System.class), "currentTimeMillis"))
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(Clock.class, InstantSource.class);
    }

    private static ArchRule readsNoClock(String... packages) {
        return noClasses()
                .that()
                .resideInAnyPackage(packages)
                .should()
                .callMethodWhere(calls(Set.of(Instant.class, LocalDate.class, LocalDateTime.class), "now"))
                .orShould()
                .callMethodWhere(calls(Set.of(System.class), "currentTimeMillis", "nanoTime"))
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(Clock.class, InstantSource.class);
    }

    private static ArchRule beginNoTransaction(String packages, String except) {
        return noClasses()
                .that(resideInAnyPackage(packages)
                        .and(resideOutsideOfPackage(except))
                        .and(not(type(Transactor.class))))
                .should()
                .callMethod(Transactor.class, "inTransaction", Function.class)
                .orShould()
                .callMethod(Transactor.class, "read", Function.class);
    }

    private static ArchRule doNotWrite(String packages, String except) {
        return noClasses()
                .that(resideInAnyPackage(packages).and(resideOutsideOfPackage(except)))
                .should()
                .callMethodWhere(describe(
                        "writes to a repository",
                        call -> call.getName().matches("update|append|(insert|delete|unassign)[A-Za-z]*")
                                && WRITABLE.stream().anyMatch(repository -> call.getTargetOwner()
                                        .isAssignableTo(repository))));
    }

    private static ArchRule usesNoRandomness(String... packages) {
        return noClasses()
                .that()
                .resideInAnyPackage(packages)
                .should()
                .callMethodWhere(calls(Set.of(UUID.class), "randomUUID"))
                .orShould()
                .callMethodWhere(calls(Set.of(Math.class), "random"))
                .orShould()
                .callConstructorWhere(target(HasOwner.Predicates.With.<JavaClass>owner(
                        JavaClass.Predicates.assignableTo(RandomGenerator.class))));
    }

    /** Formats are {@link LocaleIndependentFormatsTest}'s part: the locale matters for some conversions only. */
    private static ArchRule readsNoHostSettings(String packages) {
        return noClasses()
                .that()
                .resideInAPackage(packages)
                .should()
                .callCodeUnitWhere(describe(
                        "use a default of the host",
                        call -> HOST_SETTINGS.contains(call.getTarget().getFullName())));
    }

    private static ArchRule haveNoCycles(String packages) {
        return slices().matching(packages).should().beFreeOfCycles();
    }

    /** Includes the root package, unlike a package pattern. */
    private static ArchRule haveNoCyclesFrom(String root) {
        return slices().assignedFrom(new SliceAssignment() {
                    @Override
                    public SliceIdentifier getIdentifierOf(JavaClass type) {
                        return resideInAPackage(root + "..").test(type)
                                ? SliceIdentifier.of(type.getPackageName())
                                : SliceIdentifier.ignore();
                    }

                    @Override
                    public String getDescription() {
                        return "packages of " + root;
                    }
                })
                .should()
                .beFreeOfCycles();
    }

    private static ArchRule useNoInjection(DescribedPredicate<JavaClass> who) {
        return noClasses()
                .that(who)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.google.inject..", "jakarta.inject..", "javax.inject..");
    }

    private static ArchRule useCasesAreFinal(String packages) {
        return classes()
                .that()
                .resideInAPackage(packages)
                .and()
                .haveSimpleNameEndingWith("UseCases")
                .should()
                .haveModifier(JavaModifier.FINAL);
    }

    private static ArchRule areNullMarked(DescribedPredicate<JavaClass> who) {
        return classes().that(who).should(new ArchCondition<>("be in a package that is @NullMarked") {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                boolean marked = item.getPackage().isAnnotatedWith(NullMarked.class);
                events.add(new SimpleConditionEvent(
                        item, marked, item.getName() + " is in a package that is not @NullMarked"));
            }
        });
    }

    private static DescribedPredicate<JavaClass> jetonOnlyIn(String... packages) {
        return resideOutsideOfPackage("dev.jeton..").or(resideInAnyPackage(packages));
    }

    private static DescribedPredicate<JavaMethodCall> calls(Set<Class<?>> owners, String... names) {
        return describe(
                "calls " + Set.of(names),
                call -> Set.of(names).contains(call.getName())
                        && owners.stream()
                                .anyMatch(owner -> call.getTargetOwner().isEquivalentTo(owner)));
    }

    private static void holds(ArchRule rule, ArchRule sameRuleOnBrokenClasses) {
        rule.check(REAL);
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> sameRuleOnBrokenClasses.check(BROKEN_CLASSES))
                .withMessageContaining("was violated");
        assertThat(REAL.stream().anyMatch(type -> type.getName().startsWith(BROKEN)))
                .isFalse();
    }
}
