// The filter language of Milvus, tightest binding first. What a tree means, and which trees mean
// something at all, is FilterParser's business; here is only what can be read.
grammar FilterGrammar;

filter : expr EOF ;

expr
  : literal                                                             # Constant
  | '{' Identifier '}'                                                  # Template
  | name                                                                # Reference
  | '(' expr ')'                                                        # Group
  | '[' (expr (',' expr)* ','?)? ']'                                    # Collection
  | name IS_NULL                                                        # IsNull
  | name IS_NOT_NULL                                                    # IsNotNull
  | EXISTS expr                                                         # Exists
  | expr LIKE expr                                                      # Like
  | expr op=(MATCHES | NOT_MATCHES) expr                                # Regex
  | TEXT_MATCH '(' expr ',' expr (',' option)? ')'                      # TextMatch
  | PHRASE_MATCH '(' expr ',' expr (',' expr)? ')'                      # PhraseMatch
  | RANDOM_SAMPLE '(' expr ')'                                          # RandomSample
  | fn=(CONTAINS | CONTAINS_ALL | CONTAINS_ANY) '(' expr ',' expr ')'   # Contains
  | ARRAY_LENGTH '(' expr ')'                                           # ArrayLength
  | SPATIAL '(' expr ',' expr ')'                                       # Spatial
  | ST_DWITHIN '(' expr ',' expr ',' expr ')'                           # SpatialDistance
  | ST_ISVALID '(' expr ')'                                             # SpatialValid
  | ISO StringLiteral                                                   # Instant
  | INTERVAL StringLiteral                                              # Interval
  | Identifier '(' (expr (',' expr)*)? ')'                              # Call
  | <assoc=left> expr '**' expr                                         # Power
  | op=('+' | '-' | '~' | NOT) expr                                     # Unary
  | expr op=('*' | '/' | '%') expr                                      # Arithmetic
  | expr op=('+' | '-') expr                                            # Arithmetic
  | expr op=('<<' | '>>') expr                                          # Bits
  | expr NOT? IN expr                                                   # In
  | expr low=('<' | '<=') name high=('<' | '<=') expr                   # Range
  | expr high=('>' | '>=') name low=('>' | '>=') expr                   # Descending
  | expr op=('<' | '<=' | '>' | '>=') expr                              # Comparison
  | expr op=('==' | '!=') expr                                          # Comparison
  | expr op='&' expr                                                    # Bits
  | expr op='^' expr                                                    # Bits
  | expr op='|' expr                                                    # Bits
  | expr AND expr                                                       # And
  | expr OR expr                                                        # Or
  ;

name : Identifier | Path ;

literal : Integer | Real | Truth | StringLiteral ;

option : Identifier '=' expr ;

AND : 'and' | 'AND' | '&&' ;
OR : 'or' | 'OR' | '||' ;
NOT : 'not' | 'NOT' | '!' ;
IN : 'in' | 'IN' ;
LIKE : 'like' | 'LIKE' ;
EXISTS : 'exists' | 'EXISTS' ;
IS_NULL : 'is null' | 'IS NULL' ;
IS_NOT_NULL : 'is not null' | 'IS NOT NULL' ;
MATCHES : '=~' ;
NOT_MATCHES : '!~' ;
TEXT_MATCH : 'text_match' | 'TEXT_MATCH' ;
PHRASE_MATCH : 'phrase_match' | 'PHRASE_MATCH' ;
RANDOM_SAMPLE : 'random_sample' | 'RANDOM_SAMPLE' ;
CONTAINS : 'json_contains' | 'JSON_CONTAINS' | 'array_contains' | 'ARRAY_CONTAINS' ;
CONTAINS_ALL : 'json_contains_all' | 'JSON_CONTAINS_ALL' | 'array_contains_all' | 'ARRAY_CONTAINS_ALL' ;
CONTAINS_ANY : 'json_contains_any' | 'JSON_CONTAINS_ANY' | 'array_contains_any' | 'ARRAY_CONTAINS_ANY' ;
ARRAY_LENGTH : 'array_length' | 'ARRAY_LENGTH' ;
SPATIAL
  : 'st_equals' | 'ST_EQUALS'
  | 'st_touches' | 'ST_TOUCHES'
  | 'st_overlaps' | 'ST_OVERLAPS'
  | 'st_crosses' | 'ST_CROSSES'
  | 'st_contains' | 'ST_CONTAINS'
  | 'st_intersects' | 'ST_INTERSECTS'
  | 'st_within' | 'ST_WITHIN'
  ;
ST_DWITHIN : 'st_dwithin' | 'ST_DWITHIN' ;
ST_ISVALID : 'st_isvalid' | 'ST_ISVALID' ;
ISO : 'iso' | 'ISO' ;
INTERVAL : 'interval' | 'INTERVAL' ;

Truth : 'true' | 'True' | 'TRUE' | 'false' | 'False' | 'FALSE' ;

Integer
  : '0' [xX] [0-9a-fA-F]+
  | '0' [bB] [01]+
  | [0-9]+
  ;

Real
  : [0-9]+ '.' [0-9]* Exponent?
  | '.' [0-9]+ Exponent?
  | [0-9]+ Exponent
  | '0' [xX] [0-9a-fA-F]* '.'? [0-9a-fA-F]+ '.'? [pP] [+-]? [0-9]+
  ;

Identifier : [A-Za-z_] [A-Za-z0-9_]* | '$meta' ;

// One token, so that no blank can stand before a bracket.
Path : Identifier ('[' (Quoted | [0-9]+) ']')+ ;

StringLiteral : ('u8' | 'u' | 'U' | 'L')? Quoted | [rR] (RawDouble | RawSingle) ;

fragment Quoted : '"' ('\\' . | ~["\\\r\n])* '"' | '\'' ('\\' . | ~['\\\r\n])* '\'' ;
fragment RawDouble : '"' ~["\r\n]* '"' ;
fragment RawSingle : '\'' ~['\r\n]* '\'' ;
fragment Exponent : [eE] [+-]? [0-9]+ ;

Blank : [ \t\r\n]+ -> skip ;

// What no rule above reads. The parser, not the lexer, then says where and why.
Other : . ;
