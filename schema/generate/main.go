// Command generate writes schema/generated: what gqlgen writes, but for a few places
// of its templates, which make up most of what an answer costs.
//
// A field that is read off its object (no resolver, no arguments, a scalar that
// cannot fail) is encoded where it stands. gqlgen makes a context for it, so that
// a middleware can wrap it and an error can name its path; there is no such
// middleware here, and no such error. The items of a list are made one after the
// other: the first that is asked for a nested field loads it for all of them
// ([schema.Batch]), so goroutines would only wait for each other. Objects are
// [schema.Object], which knows nothing of parts that come later (@defer): there is one answer.
//
// The templates come from the module of gqlgen itself. Should a later one no longer
// have the places, this says so and writes nothing of its own.
package main

import (
	"fmt"
	"go/build"
	"os"
	"path/filepath"
	"strings"
	"testing/fstest"

	"github.com/99designs/gqlgen/api"
	"github.com/99designs/gqlgen/codegen"
	"github.com/99designs/gqlgen/codegen/config"
	"github.com/99designs/gqlgen/codegen/templates"
)

// change is a place of a template and what stands there instead.
type change struct{ template, from, to string }

const plainField = `out.Values[i] = {{$.ECDot}}_{{$object.Name}}_{{$field.Name}}(ctx, {{$.ECArg}}field, obj)`

var changes = []change{
	{"object.gotpl", plainField, `
		{{- /* A scalar read off its object; of those that must not be null only the ones that never are. */ -}}
		{{- $to := $field.TypeReference }}
		{{- $sure := or (not $to.GQL.NonNull) (and (not $to.IsNilable) (or $to.HasEnumValues (eq $to.Definition.Name "ID" "String" "Int" "Boolean" "DateTime"))) }}
		{{- if and $sure (not $to.Definition.Fields) (not $to.IsSlice) (not $to.IsContext) (not $field.Args) (not $field.HasDirectives) (not $field.HasHaser) (or $field.IsVariable (and $field.IsMethod $field.NoErr (not $field.VOkFunc))) }}
			out.Values[i] = {{$.ECDot}}{{ $to.MarshalFunc }}(ctx, {{$.ECArg}}field.Selections, {{$field.GoReceiverName}}.{{$field.GoFieldName}}{{if $field.IsMethod}}({{$field.CallArgs}}){{end}})
		{{- else }}
			` + plainField + `
		{{- end }}`},
	{"object.gotpl", `out := graphql.NewFieldSet(fields)
	deferred := graphql.NewDeferredGroup(ctx)`, `out := schema.NewObject(fields)`},
	{"object.gotpl", `out.ResolveConcurrently(ec.OperationContext, &deferred, i,`, `out.ResolveConcurrently(ec.OperationContext, i,`},
	{"object.gotpl", `if n := len(deferred.Defers); n > 0 {
		atomic.AddInt32(&ec.Deferred, int32(min(n, math.MaxInt32)))
		ec.ProcessDeferredGroup(deferred)
	}`, ``},
	{"type.gotpl", `graphql.MarshalSliceConcurrently(ctx, len(v), {{ $.Config.Exec.WorkerLimit }}, {{ $.Config.OmitPanicHandler }}, func`,
		`schema.EachItem(ctx, len(v), func`},
}

// models keeps what gqlgen has found out.
type models struct{ data *codegen.Data }

func (*models) Name() string { return "models" }

func (m *models) GenerateCode(data *codegen.Data) error {
	m.data = data
	return nil
}

func main() {
	if err := generate(); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

func generate() error {
	cfg, err := config.LoadConfigFromDefaultLocations()
	if err != nil {
		return err
	}
	changed, err := changedTemplates()
	if err != nil {
		return err
	}
	m := &models{}
	if err := api.Generate(cfg, api.AddPlugin(m)); err != nil {
		return err
	}
	return templates.Render(templates.Options{PackageName: cfg.Exec.Package, Filename: cfg.Exec.Filename, Data: m.data,
		RegionTags: true, GeneratedHeader: true, Packages: cfg.Packages, TemplateFS: changed, PruneOptions: cfg.GetPruneOptions()})
}

// changedTemplates are those of the module with the changes.
func changedTemplates() (fstest.MapFS, error) {
	p, err := build.Import("github.com/99designs/gqlgen/codegen", ".", build.FindOnly)
	if err != nil {
		return nil, fmt.Errorf("find gqlgen's templates: %w", err)
	}
	paths, err := filepath.Glob(filepath.Join(p.Dir, "*.gotpl"))
	if err != nil {
		return nil, err
	}
	changed := fstest.MapFS{}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		changed[filepath.Base(path)] = &fstest.MapFile{Data: text}
	}
	for _, c := range changes {
		file := changed[c.template]
		if file == nil || strings.Count(string(file.Data), c.from) != 1 {
			return nil, fmt.Errorf("the template %s of gqlgen no longer has the place that is changed: look what stands there now, and adapt schema/generate", c.template)
		}
		file.Data = []byte(strings.Replace(string(file.Data), c.from, c.to, 1))
	}
	return changed, nil
}
