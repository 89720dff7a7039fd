package entente

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/entente-kg/entente/graph/neo4j/neo4jtest"
)

// The Neo4j that people are told to run is the one that the tests run.
func TestComposeRunsTheTestedNeo4j(t *testing.T) {
	data, err := os.ReadFile("docker-compose.yml")
	if err != nil {
		t.Fatal(err)
	}
	if want := "image: neo4j:" + neo4jtest.Version + "-community"; !strings.Contains(string(data), want) {
		t.Errorf("docker-compose.yml has no %q", want)
	}
}

// Every port is published on loopback only, and every image has a pinned version.
func TestComposeStaysOnLoopback(t *testing.T) {
	for _, file := range []string{"docker-compose.yml", "Dockerfile"} {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, image := range regexp.MustCompile(`(?m)^\s*(?:image:|FROM)\s+(\S+)`).FindAllStringSubmatch(string(data), -1) {
			if !regexp.MustCompile(`:[0-9]+\.[0-9]+`).MatchString(image[1]) && image[1] != "scratch" && !strings.HasPrefix(image[1], "entente") {
				t.Errorf("%s: image %s has no pinned version", file, image[1])
			}
		}
		for _, port := range regexp.MustCompile(`(?m)^\s*-\s*"([0-9.:]+)"`).FindAllStringSubmatch(string(data), -1) {
			if !strings.HasPrefix(port[1], "127.0.0.1:") {
				t.Errorf("%s publishes %s beyond loopback", file, port[1])
			}
		}
	}
}
