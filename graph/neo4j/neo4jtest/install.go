package neo4jtest

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"sync"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

// An install is what a start needs of this machine.
type install struct {
	java    string
	lib     string // the directory of the jars
	archive string // the class archive of this Java, which need not exist
}

// installed finds the install and, the first time, makes it.
var installed = sync.OnceValues(func() (install, error) {
	java, version, err := findJava()
	if err != nil {
		return install{}, unavailable{err}
	}
	cache, err := cacheDir()
	if err != nil {
		return install{}, err
	}
	dir := filepath.Join(cache, "neo4j-"+Version)
	in := install{
		java:    java,
		lib:     filepath.Join(dir, "lib"),
		archive: filepath.Join(dir, fmt.Sprintf("classes-%.8x.jsa", sha256.Sum256([]byte(version)))),
	}
	if exists(in.lib) && exists(in.archive) {
		return in, nil
	}
	// Servers start without the archive too, only later; whatever else the training run met, the next start will report.
	if err := in.complete(dir); err != nil && !exists(in.lib) {
		return install{}, unavailable{err}
	}
	return in, nil
})

// complete makes what is missing in dir. Other processes that want the same wait, then find it made; even without the
// lock nothing half-made would have its final name.
func (in install) complete(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	held, err := lock(filepath.Join(dir, "lock"))
	if err != nil {
		return err
	}
	defer held.Close()
	tmp, err := os.MkdirTemp(dir, "new-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	if !exists(in.lib) {
		if err := in.fetch(tmp); err != nil {
			return fmt.Errorf("fetch Neo4j %s: %w", Version, err)
		}
		os.Remove(in.archive) // the JVM would not use it with these jars
	}
	if exists(in.archive) {
		return nil
	}
	return in.train(tmp)
}

// pom has the one dependency that brings the whole server.
const pom = `<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>entente</groupId><artifactId>neo4jtest</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies>
    <dependency><groupId>org.neo4j</groupId><artifactId>neo4j</artifactId><version>` + Version + `</version></dependency>
  </dependencies>
</project>
`

// fetch downloads the jars to tmp and, when all are there, moves them to their place.
func (in install) fetch(tmp string) error {
	mvn, err := exec.LookPath("mvn")
	if err != nil {
		return err
	}
	project, lib := filepath.Join(tmp, "pom.xml"), filepath.Join(tmp, "lib")
	if err := os.WriteFile(project, []byte(pom), 0o644); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, mvn, "-B", "-q", "-Dstyle.color=never", "-f", project,
		"org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies",
		"-DincludeScope=runtime", "-DoutputDirectory="+lib)
	cmd.WaitDelay = time.Second
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("mvn: %w\n%s", err, out)
	}
	return os.Rename(lib, in.lib)
}

// train starts a server once so that, on its exit, the JVM writes down the classes it has loaded.
func (in install) train(tmp string) error {
	archive := filepath.Join(tmp, "classes.jsa")
	p, err := in.launch(filepath.Join(tmp, "data"), launchOptions{jvm: []string{"-XX:ArchiveClassesAtExit=" + archive}})
	if err != nil {
		return err
	}
	if err := errors.Join(exercise(p.url), p.end("TERM")); err != nil {
		return err
	}
	return os.Rename(archive, in.archive)
}

// exercise has the server load the classes of reading, writing and full-text search.
func exercise(url string) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	driver, err := neo4j.NewDriverWithContext(url, neo4j.NoAuth())
	if err != nil {
		return err
	}
	defer driver.Close(ctx)
	for _, query := range []string{
		"CREATE CONSTRAINT c FOR (n:N) REQUIRE n.id IS UNIQUE",
		"CREATE FULLTEXT INDEX f FOR (n:N) ON EACH [n.name]",
		"CALL db.awaitIndexes(60)",
		"UNWIND range(1, 9) AS i MERGE (n:N {id: i}) SET n.name = 'word' MERGE (n)-[:R]->(n)",
		"MATCH (n:N {id: 1})-[r]-() RETURN n, r ORDER BY n.name LIMIT 1",
		"CALL db.index.fulltext.queryNodes('f', 'word') YIELD node RETURN count(node)",
	} {
		_, err := neo4j.ExecuteQuery(ctx, driver, query, nil, neo4j.EagerResultTransformer, neo4j.ExecuteQueryWithDatabase(database))
		if err != nil {
			return fmt.Errorf("%s: %w", query, err)
		}
	}
	return nil
}

// findJava returns the Java to use and what it says of its version.
func findJava() (java, version string, err error) {
	java, err = exec.LookPath(javaName(os.Getenv("JAVA_HOME")))
	if err != nil {
		return "", "", err
	}
	out, err := exec.Command(java, "-version").CombinedOutput()
	if err != nil {
		return "", "", fmt.Errorf("%s -version: %w\n%s", java, err, out)
	}
	return java, string(out), checkJava(java, string(out))
}

func javaName(home string) string {
	if home == "" {
		return "java"
	}
	return filepath.Join(home, "bin", "java")
}

var majorVersion = regexp.MustCompile(`version "(\d+)`)

// checkJava tells from the output of java -version whether it can run this Neo4j. Java 8 and older call themselves 1.8.
func checkJava(java, version string) error {
	const oldest = 17
	m := majorVersion.FindStringSubmatch(version)
	if m == nil {
		return fmt.Errorf("%s has no version that can be read: %s", java, version)
	}
	if major, err := strconv.Atoi(m[1]); err != nil || major < oldest {
		return fmt.Errorf("%s is Java %s; Neo4j %s needs %d or newer", java, m[1], Version, oldest)
	}
	return nil
}

// cacheDir returns the directory of all that Entente's tests keep between runs.
func cacheDir() (string, error) {
	base := os.Getenv("XDG_CACHE_HOME") // which os.UserCacheDir heeds on some systems only
	if base == "" {
		var err error
		if base, err = os.UserCacheDir(); err != nil {
			return "", unavailable{err}
		}
	}
	dir := filepath.Join(base, "entente")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", unavailable{err}
	}
	return dir, nil
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
